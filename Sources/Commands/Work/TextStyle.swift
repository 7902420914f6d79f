internal import Reports

/// How a report looks as text where this run writes it.
/// - Parameter isTerminal: whether it goes to standard output, rather than into files.
func textStyle(_ line: Line, _ world: World, isTerminal: Bool) throws -> ReportTextStyle {
  var style = ReportTextStyle()
  let legal = ReportTextStyle.narrowest...ReportTextStyle.pageWidth
  if let text = line.value("--width") {
    guard let width = Int(text), legal.contains(width) else {
      throw UsageError(problem: "'\(text)' is no width for --width", mend: "give a number of columns from 60 to 100")
    }
    style.width = width
  } else if isTerminal {
    style.width = min(max(world.output.width, legal.lowerBound), legal.upperBound)
  }
  style.isColoured = isTerminal && world.output.isTerminal && world.variable("NO_COLOR") == nil
  return style
}
