import Catalogue
import Diagnostics
import Inputs

/// The embedded library as start points: each policy with its examples and tests.
struct Gallery {
    private let library: PolicyLibrary

    init(_ library: PolicyLibrary) { self.library = library }

    var list: JSON { .object([("policies", .array(library.policies.map(Self.json)))]) }

    /// A policy by id, slug or alias, as a workspace.
    func entry(_ name: String) throws(PlaygroundError) -> JSON {
        guard let policy = library.policy(named: name) else { throw .notFound("There is no policy \"\(name.prefix(80))\".") }
        var workspace = Workspace()
        let package = policy.entrypoint.dropFirst("data.".count).dropLast(".deny".count)
        let own = library.packed.sources(ofPackage: String(package)).filter { file in
            FilePath.folder(of: file.path) == FilePath.folder(of: policy.path)
        }
        workspace[.policies] = own.map { Self.file($0, named: "\(policy.slug)/\(FilePath.name(of: $0.path))") }
        workspace[.tests] = library.tests(of: policy).map { Self.file($0, named: Self.place($0, policy)) }
        let examples = ["fail.yaml", "pass.yaml"].compactMap { name in
            library.example(name, of: policy).map { Self.file($0, named: name) }
        }
        // A policy that compares objects would take both examples for one cluster; others may be set differently for each.
        let settings = examples.map { Self.parameters(of: policy, in: $0) }
        let isAlone = policy.scope == .allObjects || Set(settings).count > 1
        workspace[.inputs] = isAlone ? Array(examples.prefix(1)) : examples
        workspace.parameters = settings.first ?? ""
        return .object([
            ("policy", Self.json(policy)), ("workspace", workspace.json),
            ("examples", .array(examples.map(\.json))),
        ])
    }

    /// Where a test stands among the tests: the policy's own beside its name, shared ones apart.
    private static func place(_ file: SourceFile, _ policy: Policy) -> String {
        let isOwn = FilePath.folder(of: file.path) == FilePath.folder(of: policy.path)
        return "\(isOwn ? policy.slug : "lib")/\(FilePath.name(of: file.path))"
    }

    /// What the first line of an example sets: `# parameters: {…}`.
    private static func parameters(of policy: Policy, in example: Workspace.File) -> String {
        let mark = "# parameters: "
        guard example.text.hasPrefix(mark) else { return "" }
        return "\(policy.id): \(example.text.dropFirst(mark.count).prefix { $0 != "\n" })\n"
    }

    private static func file(_ source: SourceFile, named path: String) -> Workspace.File {
        Workspace.File(path: path, text: String(decoding: source.bytes, as: UTF8.self))
    }

    private static func json(_ policy: Policy) -> JSON {
        .object([
            ("id", .string(policy.id)), ("slug", .string(policy.slug)), ("title", .string(policy.title)),
            ("severity", .string(policy.severity.rawValue)), ("category", .string(policy.category)),
            ("text", .string(policy.summary)), ("remediation", .string(policy.remediation)),
            ("profiles", .strings(PolicySelection.profiles(of: policy))), ("tags", .strings(policy.tags)),
            ("kinds", .strings(policy.targets.flatMap(\.kinds))),
        ])
    }
}
