import Catalogue
package import Diagnostics
import Documents
import Inputs
package import Rego

/// The JSON schemas that `--schema` names, as `opa` reads them: a file is the schema of all input, the files of a folder
/// are named by annotations, by their path without suffix. `kubernetes:1.33` stands for the types of a release.
package enum SchemaFiles {
    package static func load(_ path: String) -> (schemas: SchemaSet, problems: [Diagnostic]) {
        if let version = kubernetesVersion(path) { return kubernetes(version) }
        var schemas = SchemaSet(), problems: [Diagnostic] = []
        let found = FileDiscovery(suffixes: ["json", "yaml", "yml"]).files(at: [path])
        problems += found.problems
        for file in found.files {
            switch EvaluationSetup.readInput(file.path) {
            case .success(let document): schemas.add(document.root, at: keys(of: file.path, below: path))
            case .failure(let failure): problems += failure.problems
            }
        }
        return (schemas, problems)
    }

    /// The release that a name asks for; nil for files and folders.
    package static func kubernetesVersion(_ name: String) -> String? {
        let prefix = "kubernetes:"
        return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
    }

    private static func kubernetes(_ text: String) -> (schemas: SchemaSet, problems: [Diagnostic]) {
        guard let version = KubernetesVersion(parsing: text), version.range == version.text else {
            let problem = Diagnostic(
                code: "schema_error", message: "--schema kubernetes:\(text) names no release of Kubernetes",
                hint: "name one release, such as kubernetes:1.33, or kubernetes:latest")
            return (SchemaSet(), [problem])
        }
        return (KubernetesInput(version).schemas, version.unknownReleases)
    }

    /// The path that annotations call a file by; empty for the file that was named itself.
    private static func keys(of path: String, below root: String) -> [String] {
        if path == root { return [] }
        var parts = path.dropFirst(path.hasPrefix(root) ? root.count : 0).split(separator: "/").map(String.init)
        if let last = parts.popLast(), let dot = last.lastIndex(of: ".") { parts.append(String(last[..<dot])) }
        return parts
    }
}
