package import Diagnostics
import Documents
import Inputs
package import Schemas

/// Definitions of custom resources in files that are not checked themselves.
package struct Definitions: Sendable {
    package private(set) var kinds = CustomKinds()
    /// Files that cannot be read; without them objects would pass unseen.
    package private(set) var problems: [Diagnostic] = []

    /// Reads files and folders.
    package init(reading paths: [String]) {
        if paths.isEmpty { return }
        let found = FileDiscovery().files(at: paths)
        problems = found.problems
        let reader = ResourceReader()
        for file in found.files {
            let contents = reader.read(file)
            for resource in contents.resources { kinds.add(resource.document) }
            problems += contents.diagnostics
        }
        if kinds.isEmpty, problems.isEmpty {
            problems.append(
                Diagnostic(
                    code: "schema_error", message: "no CustomResourceDefinition in \(paths.joined(separator: ", "))",
                    hint: "name the files that hold them"))
        }
    }
}
