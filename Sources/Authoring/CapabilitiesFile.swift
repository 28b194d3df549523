package import Diagnostics
import Documents
package import Rego

/// The capabilities that `--capabilities` names.
package enum CapabilitiesFile {
    /// The version of OPA whose capabilities this engine has.
    package static let version = "v1.20.2"

    /// Reads a file; a version answers nil when it is this engine's own, which limits nothing.
    package static func load(_ name: String) -> (capabilities: Capabilities?, problems: [Diagnostic]) {
        if name == version || "v" + name == version { return (nil, []) }
        if isVersion(name) {
            let message = "the capabilities of OPA \(name) are not built in, only those of \(version)"
            let problem = Diagnostic(
                code: "capabilities_error", message: message,
                hint: "write them with opa capabilities --version \(name), and give the file")
            return (nil, [problem])
        }
        switch EvaluationSetup.readInput(name) {
        case .failure(let failure): return (nil, failure.problems)
        case .success(let document):
            do throws(CapabilitiesProblem) {
                return (try Capabilities(document.root), [])
            } catch {
                return (
                    nil, [Diagnostic(code: "capabilities_error", message: "cannot use capabilities \(name): \(error.message)")]
                )
            }
        }
    }

    /// `v1.2.3` or `1.2.3`.
    private static func isVersion(_ name: String) -> Bool {
        let numbers = (name.hasPrefix("v") ? name.dropFirst() : name[...]).split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 3 && numbers.allSatisfy { UInt($0) != nil }
    }
}
