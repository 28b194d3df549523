package import Diagnostics

extension PackedPolicies {
    /// All files that decide what the library says, in the order of the pack: not the tests of policies.
    package var files: [SourceFile] { modules.map(source) + dataFiles(below: "").filter { !$0.path.hasSuffix("_test.rego") } }

    /// The packages of its modules, with dots.
    package var packages: Set<String> { Set(modules.map(\.package)) }

    /// The files that must be compiled to evaluate a package.
    package func sources(ofPackage package: String) -> [SourceFile] {
        closure(of: modules.indices.filter { modules[$0].package == package }).map { source(of: modules[$0]) }
    }
}
