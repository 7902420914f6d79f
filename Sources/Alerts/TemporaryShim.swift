import Monitor
import SLA
extension Transition {
  var ownerID: Int64 { ticketID }
  var cycle: Int64 { 1 }
  var graceUntil: Instant? { nil }
}
