import CPolicyProgram
package import Diagnostics
import Documents
import Inputs
import Rego

/// The embedded policies.
package struct PolicyLibrary: Sendable {
    package let packed: PackedPolicies
    /// By id, in byte order.
    package let policies: [Policy]
    /// The module of each policy.
    private let modules: [Int]
    /// All policies, when they were compiled beforehand.
    let engine: Engine?

    /// The library inside the binary.
    package static func embedded() throws(PackError) -> PolicyLibrary { try inBinary.get() }

    /// Loaded once: it is the same each time, and what is made of an image stays in memory.
    private static let inBinary = Result { () throws(PackError) in
        let image = UnsafeRawBufferPointer(start: lintel_policy_program(), count: lintel_policy_program_size())
        return try PolicyLibrary(embedded: image)
    }

    /// The library inside the binary without what was compiled beforehand.
    package static func uncompiled() throws(PackError) -> PolicyLibrary { PolicyLibrary(try PackedPolicies.embedded()) }

    /// The library inside the binary with its policies compiled already: an image that `image` made, which must live
    /// for ever. One of another library is left aside.
    init(embedded image: UnsafeRawBufferPointer) throws(PackError) {
        let loaded = Engine.load(
            image, label: PackedPolicies.embeddedDigest(), builtins: PolicyBuiltins.table,
            file: { path in
                guard let packed = try? PackedPolicies.embedded() else { return nil }
                return packed.modules.first { "policies/" + $0.path == path }.map { packed.source(of: $0) }
            })
        guard let (engine, index) = loaded else {
            self.init(try PackedPolicies.embedded())
            return
        }
        // The index lies in the engine's storage, which metadata of policies may outlive.
        let document = Document(arena: Arena.make(capacity: 256), root: index)
        _ = Unmanaged.passRetained(engine)
        self.init(try PackedPolicies.embedded(index: document), engine: engine)
    }

    package init(_ packed: PackedPolicies) { self.init(packed, engine: nil) }

    private init(_ packed: PackedPolicies, engine: Engine?) {
        self.packed = packed
        self.engine = engine
        var found: [(policy: Policy, module: Int)] = []
        let files = packed.modules
        for value in packed.index.root.field("policies").array {
            guard let module = value.field("module").intValue.map({ Int($0) }), files.indices.contains(module),
                let policy = Policy(
                    MetadataEntry(document: packed.index, value: value),
                    path: "policies/" + files[module].path,
                    entrypoint: value.field("entrypoint").stringValue ?? "", origin: .builtin)
            else { continue }
            found.append((policy, module))
        }
        // The index has them in this order; another pack may not.
        if !zip(found, found.dropFirst()).allSatisfy({ $0.policy.id < $1.policy.id }) {
            found.sort { $0.policy.id < $1.policy.id }
        }
        let all = found.map(\.policy)
        for index in found.indices {
            let merges = found[index].policy.merges
            if !merges.isEmpty { found[index].policy = found[index].policy.merging(all.filter { merges.contains($0.id) }) }
        }
        policies = found.map(\.policy)
        modules = found.map(\.module)
    }

    /// All policies compiled, for the build that puts them into the binary.
    package func image() -> (bytes: [UInt8]?, problems: [Diagnostic]) {
        let (program, problems) = PolicyProgram.compile(policies, of: PolicySet(library: self))
        return (program?.engine.image(label: packed.digest, companion: packed.index.root), problems)
    }

    /// The policy with that id, slug or alias.
    package func policy(named name: String) -> Policy? { policies.first { $0.answers(to: name) } }

    /// The files that must be compiled to evaluate some of the policies, given by their entry points.
    package func sources(for entrypoints: Set<String>) -> [SourceFile] {
        let roots = policies.indices.filter { entrypoints.contains(policies[$0].entrypoint) }.map { modules[$0] }
        return packed.closure(of: roots).map { packed.source(of: packed.modules[$0]) }
    }

    /// The manifests that show a policy at work: `pass.yaml` and `fail.yaml`.
    package func example(_ name: String, of policy: Policy) -> SourceFile? {
        let folder = FilePath.folder(of: String(policy.path.dropFirst("policies/".count)))
        return packed.dataFiles(below: "\(folder)/\(name)").first
    }

    /// The tests of a policy, then the modules that they share with those of others.
    package func tests(of policy: Policy) -> [SourceFile] {
        let folder = FilePath.folder(of: String(policy.path.dropFirst("policies/".count)))
        let own = packed.dataFiles(below: "\(folder)/").filter { $0.path.hasSuffix("_test.rego") }
        let texts = own.map { String(decoding: $0.bytes, as: UTF8.self) }
        let shared = packed.dataFiles(below: "lib/").filter { file in
            let name = FilePath.name(of: file.path)
            guard name.hasSuffix("fixture_test.rego") else { return false }
            let package = "data.lintel.lib.\(name.dropLast("_test.rego".count))"
            return texts.contains { text in ["\n", " ", "."].contains { text.contains(package + $0) } }
        }
        return own + shared
    }

    /// The text of a policy's file.
    package func source(of policy: Policy) -> SourceFile? {
        policies.firstIndex { $0.id == policy.id }.map { packed.source(of: packed.modules[modules[$0]]) }
    }
}
