package import Diagnostics
import Documents
import Inputs

/// Finds suites among files.
package struct SuiteFinder {
    package private(set) var suites: [Suite] = []
    /// Files that cannot be read, and suites that are not in order.
    package private(set) var problems: [Diagnostic] = []

    /// - Parameter paths: suites, and folders that are searched for some; `folder/...` is the folder.
    package init(_ paths: [String]) {
        let roots = paths.map { $0.hasSuffix("/...") ? String($0.dropLast(4)) : $0 == "..." ? "." : $0 }
        let found = FileDiscovery(suffixes: ["yaml", "yml"]).files(at: roots)
        problems = found.problems
        for file in found.files where file.path.hasSuffix(".yaml") || file.path.hasSuffix(".yml") { read(file.path) }
    }

    /// Whether there are tests of Rego policies.
    package func hasRegoTests(in paths: [String]) -> Bool {
        FileDiscovery(suffixes: ["rego"]).files(at: paths).files.contains { $0.path.hasSuffix("_test.rego") }
    }

    private mutating func read(_ path: String) {
        do throws(FileError) {
            let source = SourceFile(path: path, bytes: try FileSystem.read(path))
            guard source.bytes.contains(text: Suite.group) else { return }
            let stream = YAMLReader().read(source)
            for document in stream.documents where Suite.isSuite(document.root) {
                problems += stream.diagnostics
                do throws(Suite.Malformed) {
                    suites.append(try Suite(document.root, path: path))
                } catch {
                    problems.append(
                        Diagnostic(
                            code: "suite_error", message: error.message, range: document.range(document.rootSpan)))
                }
            }
        } catch {
            problems.append(Diagnostic(reading: error))
        }
    }
}
