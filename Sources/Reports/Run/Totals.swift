internal import SQLite

/// Sums and counts over all rows of a section, kept while they pass.
struct Totals {
  private enum Sum {
    case count(Int64)
    case integer(Int64)
    case real(Double)
  }

  private var sums: [(column: Int, sum: Sum)] = []
  private let columnCount: Int
  private var rowCount: Int64 = 0

  init(_ columns: [ReportColumn]) {
    columnCount = columns.count
    for (index, column) in columns.enumerated() {
      switch column.total {
      case .none: break
      case .count: sums.append((index, .count(0)))
      case .sum: sums.append((index, .integer(0)))
      }
    }
  }

  mutating func add(_ row: Row) {
    rowCount += 1
    for index in sums.indices {
      switch (sums[index].sum, row[sums[index].column].value) {
      case (_, .null): break
      case (.count(let count), _): sums[index].sum = .count(count + 1)
      case (.integer(let sum), .integer(let value)):
        // Beyond 64 bits a total goes on as a real number.
        let (total, overflow) = sum.addingReportingOverflow(value)
        sums[index].sum = overflow ? .real(Double(sum) + Double(value)) : .integer(total)
      case (.integer(let sum), .real(let value)): sums[index].sum = .real(Double(sum) + value)
      case (.real(let sum), .integer(let value)): sums[index].sum = .real(sum + Double(value))
      case (.real(let sum), .real(let value)): sums[index].sum = .real(sum + value)
      default: break
      }
    }
  }

  var end: SectionEnd {
    var totals = [Value?](repeating: nil, count: columnCount)
    for (column, sum) in sums {
      switch sum {
      case .count(let value), .integer(let value): totals[column] = .integer(value)
      case .real(let value): totals[column] = .real(value)
      }
    }
    return SectionEnd(rowCount: rowCount, totals: totals)
  }
}
