/// Who is told of a ticket: the assigned technician, else the responsible one, else every administrator.
///
/// Whoever cannot be reached is kept with the reason, and the next in line is told instead: a late ticket that nobody
/// hears of is the one fault an SLA monitor may not have.
struct Route: Hashable {
  /// `nil` when nobody could be found.
  var recipientID: Int64?
  /// `nil` when the alert is to be sent.
  var dropped: DropReason?

  static func find(assigned: Int64?, responsible: Int64?, in directory: Directory) -> [Route] {
    var routes: [Route] = []
    var seen: Set<Int64> = []
    for id in [assigned, responsible] {
      guard let id, let person = directory[id], seen.insert(id).inserted else { continue }
      switch person.address {
      case .success: return routes + [Route(recipientID: id)]
      case .failure(let unreachable): routes.append(Route(recipientID: id, dropped: unreachable.reason))
      }
    }
    var addresses: Set<String> = []
    for person in directory.administrators where seen.insert(person.id).inserted {
      switch person.address {
      case .success(let address):
        let isNew = addresses.insert(address.folded).inserted
        routes.append(Route(recipientID: person.id, dropped: isNew ? nil : .recipientTheSame))
      case .failure(let unreachable): routes.append(Route(recipientID: person.id, dropped: unreachable.reason))
      }
    }
    if addresses.isEmpty { routes.append(Route(dropped: .noRecipient)) }
    return routes
  }
}
