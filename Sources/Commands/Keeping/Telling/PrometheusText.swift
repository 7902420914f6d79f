/// Metrics in Prometheus' text format, a family at a time.
/// - Source: <https://prometheus.io/docs/instrumenting/exposition_formats/>
struct PrometheusText {
  private(set) var text = ""

  enum Kind: String { case gauge, counter }

  /// - Parameter samples: values with their labels; a family without any is left out.
  mutating func add(
    _ name: String, _ help: String, _ samples: [(labels: [(String, String)], value: Int64)], as kind: Kind = .gauge
  ) {
    if samples.isEmpty { return }
    text += "# HELP \(name) \(help.replacing("\\", with: "\\\\").replacing("\n", with: "\\n"))\n"
    text += "# TYPE \(name) \(kind.rawValue)\n"
    for (labels, value) in samples {
      let list = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
      text += "\(name)\(list.isEmpty ? "" : "{\(list)}") \(value)\n"
    }
  }

  mutating func add(_ name: String, _ help: String, _ value: Int64?, as kind: Kind = .gauge) {
    add(name, help, value.map { [(labels: [], value: $0)] } ?? [], as: kind)
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
