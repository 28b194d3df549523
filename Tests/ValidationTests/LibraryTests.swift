@testable import Catalogue
import Diagnostics
import Documents
import Foundation
@testable import Inputs
import RegoSyntax
import Testing
import TestSupport

/// The embedded library and what is generated from it.
@Suite struct LibraryTests {
    static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    @Test func bundleIsFresh() throws {
        let (bytes, problems) = PolicyPacker.pack(Self.package + "/policies")
        #expect(problems.isEmpty, "\(DiagnosticRenderer().render(problems))")
        let digest = try PackedPolicies(bytes: try #require(bytes)).digest
        #expect(try PackedPolicies.embedded().digest == digest, "stale: run `make pack`")
        let packed = try FileSystem.read(Self.package + "/Sources/CPackedPolicies/policies.pack")
        let isFresh = packed == bytes
        #expect(isFresh, "stale: run `make pack`")
    }

    @Test func everyPolicyIsComplete() throws {
        let library = try PolicyLibrary.embedded()
        #expect(library.policies.count > 100)
        for policy in library.policies {
            #expect(!policy.targets.isEmpty && policy.targets.allSatisfy { !$0.kinds.isEmpty }, "\(policy.id) has no targets")
            #expect(!policy.remediation.isEmpty && !policy.title.isEmpty && !policy.summary.isEmpty, "\(policy.id)")
            #expect(
                library.example("pass.yaml", of: policy) != nil && library.example("fail.yaml", of: policy) != nil, "\(policy.id)"
            )
            #expect(library.policy(named: policy.slug)?.id == policy.id)
            for parameter in policy.parameters {
                let problem = ParameterSchema.problem(of: parameter.defaultValue, schema: parameter.schema)
                #expect(problem == nil, "\(policy.id) \(parameter.name): \(problem?.message ?? "")")
            }
            if policy.scope == .allObjects || policy.requires.isEmpty { continue }
            Issue.record("\(policy.id) requires other objects but its scope is not bundle")
        }
    }

    /// Compiling one policy takes its module and what it uses, nothing else.
    @Test func closureIsSmall() throws {
        let library = try PolicyLibrary.embedded()
        let policy = try #require(library.policy(named: "rbac-wildcards"))
        let paths = Set(library.sources(for: [policy.entrypoint]).map(\.path))
        #expect(paths.contains("policies/rbac/rbac-wildcards/policy.rego"))
        #expect(paths.contains("policies/lib/rbac.rego") && paths.contains("policies/lib/finding.rego"))
        #expect(paths.count < 10)
    }

    @Test(arguments: [
        (["recommended"], [], [], "a b"), (["restricted"], [], [], "c"), (["all"], [], [], "a b c"),
        (["baseline", "restricted"], [], [], "c"), ([], ["x-c"], [], "c"), (["all"], [], ["LT-POD-902"], "a c"),
        (["all"], ["x-a", "x-b"], ["old-b"], "a"), (["cis-1.8"], [], [], "b"),
    ])
    func selection(_ profiles: [String], _ only: [String], _ skip: [String], _ expected: String) {
        var selection = PolicySelection()
        selection.profiles = profiles
        selection.only = only
        selection.skip = skip
        let policies = [
            policy("LT-POD-901", "x-a", profiles: "recommended"), policy("LT-POD-902", "x-b", profiles: "recommended", cis: true),
            policy("LT-POD-903", "x-c", profiles: "restricted"),
            policy("LT-POD-904", "x-d", profiles: "recommended", scope: "host-facts"),
        ]
        #expect(selection.policies(among: policies).map { String($0.slug.suffix(1)) }.joined(separator: " ") == expected)
    }

    private func policy(_ id: String, _ slug: String, profiles: String, scope: String = "object", cis: Bool = false) -> Policy {
        let text = """
            custom:
              id: \(id)
              slug: \(slug)
              aliases: [old-\(slug.suffix(1))]
              severity: high
              scope: \(scope)
              profiles: [\(profiles)]
              compliance: {\(cis ? "cis-k8s-1.8: ['5.2.2']" : "")}
            """
        let document = YAMLReader().read(SourceFile(path: "p.yaml", text: text)).documents[0]
        return Policy(MetadataEntry(document: document, value: document.root), path: "", entrypoint: id, origin: .builtin)!
    }

    @Test func metadataMistakes() throws {
        let text = """
            # METADATA
            # scope: package
            # title: A title that is so long that no table of any report has room for all of it
            # descripton: typo
            # custom:
            #   id: LT-PDO-1
            #   slug: x
            #   version: 1.0.0
            #   status: stabel
            #   severity: hi
            #   confidence: exact
            #   scope: object
            #   targets: []
            #   profiles: [recomended]
            #   remedation: none
            #   compliance: {}
            package lintel.security.y
            """
        let (module, problems) = Parser.parseModule(SourceFile(path: "p.rego", text: text))
        #expect(problems.isEmpty)
        let block = try #require(module.packageAnnotations)
        #expect(block.problems.isEmpty)
        var check = MetadataCheck()
        let found = check.problems(of: block, package: "lintel.security.y", path: "security/x/policy.rego")
        let messages = found.map { "\($0.range?.position.description ?? "") \($0.message)" }
        #expect(
            messages == [
                "4:3 unknown key descripton; did you mean \"description\"?", "2:3 description is missing",
                "3:3 the title is longer than 60 characters", "15:5 unknown key remedation; did you mean \"remediation\"?",
                "5:3 custom.remediation is missing", "9:5 \"stabel\" is not a valid status; did you mean \"stable\"?",
                "10:5 \"hi\" is not a valid severity", "14:5 \"recomended\" is not a profile; did you mean \"recommended\"?",
                "6:5 \"LT-PDO-1\" is not an id of the form LT-<AREA>-<NNN>",
                "2:3 the package is lintel.security.y, not lintel.security.x",
            ])
    }
}
