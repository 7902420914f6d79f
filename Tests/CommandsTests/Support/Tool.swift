import FoundationEssentials
import Glibc

/// A program of another make that judges what plazo writes, where it is installed.
enum Tool {
  /// Where a program lies; `nil` when it is not installed, which is then told.
  static func path(_ name: String, else reason: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    for folder in folders where access("\(folder)/\(name)", X_OK) == 0 { return "\(folder)/\(name)" }
    print("skipped: \(name) is not installed; \(reason)")
    return nil
  }

  /// A Python that has a module; `$PLAZO_PYTHON` is asked first.
  static func python(with module: String) -> String? {
    let given = ProcessInfo.processInfo.environment["PLAZO_PYTHON"]
    for path in [given, path("python3", else: "install Python 3"), "/usr/bin/python3"].compactMap({ $0 }) {
      let outcome = Program(folder: "/tmp").run(["-c", "import \(module)"], as: path)
      if outcome.code == 0 { return path }
    }
    print("skipped: no Python has the module \(module); pip install \(module)")
    return nil
  }
}
