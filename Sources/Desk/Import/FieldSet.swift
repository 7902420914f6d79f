/// Which fields a mapping has: what is stated and empty is taken away, what is not stated is left alone.
struct FieldSet: OptionSet {
  let rawValue: UInt64
  init(rawValue: UInt64) { self.rawValue = rawValue }
  init(_ fields: some Sequence<ImportField>) { rawValue = fields.reduce(0) { $0 | 1 << UInt64($1.rawValue) } }
  func contains(_ field: ImportField) -> Bool { rawValue & 1 << UInt64(field.rawValue) != 0 }
  var fields: [ImportField] { ImportField.allCases.filter { contains($0) } }
}
