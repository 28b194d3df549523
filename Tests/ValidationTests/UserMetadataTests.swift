import Diagnostics
import Findings
import Inputs
import Judging
import Testing

@testable import Catalogue

/// Metadata of the user's policies: what counts, what it belongs to, and what is wrong with it.
@Suite struct UserMetadataTests {
    private static let privileged = """
        # METADATA
        # custom: {id: SEC-1, severity: critical, remediation: Do without.}
        deny contains "privileged" if input.spec.containers[_].securityContext.privileged
        """
    private static let label = """
        # METADATA
        # custom: {id: STYLE-1, severity: low}
        deny contains "label missing" if not input.metadata.labels.team
        """
    private static let pod = """
        {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c, securityContext: {privileged: true}}]}}
        """

    private func policies(_ texts: [String]) -> UserPolicies {
        UserPolicies(sources: texts.enumerated().map { SourceFile(path: "\($0).rego", text: $1) })
    }

    /// Id and severity of each finding on the pod.
    private func findings(_ texts: [String], jobs: Int = 1) throws -> [String] {
        let user = policies(texts)
        #expect(user.problems.isEmpty, "\(user.problems.map(\.message))")
        let set = PolicySet(library: try PolicyLibrary.embedded(), user: user)
        let chosen = user.policies
        let (program, problems) = PolicyProgram.compile(chosen, of: set)
        #expect(problems.isEmpty)
        let checks = CheckSet(try #require(program), data: EvaluationData().document(for: chosen, inventory: nil))
        var judge = Judge(checks, selections: [checks.slots(among: Array(checks.checks.indices))], now: 0, stopped: nil)
        var results = CheckResults()
        for resource in ResourceReader().read(SourceFile(path: "a.yaml", text: Self.pod)).resources {
            judge.judge(Subject(resource), into: &results)
        }
        #expect(results.faults.isEmpty)
        return results.violations.map { violation in
            let policy = checks.checks[violation.slot].policy
            return "\(policy.id) \(policy.severity.rawValue) \(violation.message)"
        }.sorted()
    }

    /// Two rules `deny` of one package keep their own metadata, in one file or two, in whatever order.
    @Test func eachDefinitionHasItsOwn() throws {
        let head = "package meta\n\n"
        let expected = ["SEC-1 critical privileged", "STYLE-1 low label missing"]
        let layouts = [
            [head + Self.label, head + Self.privileged], [head + Self.privileged, head + Self.label],
            [head + Self.label + "\n\n" + Self.privileged], [head + Self.privileged + "\n\n" + Self.label],
        ]
        for layout in layouts { #expect(try findings(layout) == expected) }
    }

    /// A definition without metadata does not take those of its neighbour; those of the document and the package hold for it.
    @Test(arguments: [
        (
            "package meta\n\n" + privileged + "\n\ndeny contains \"plain\"\n",
            ["SEC-1 critical privileged", "meta.deny high plain"]
        ),
        (
            "package meta\n\n# METADATA\n# scope: document\n# custom: {id: DOC, severity: info}\ndeny contains \"a\"\n\ndeny contains \"b\"\n",
            ["DOC info a", "DOC info b"]
        ),
        ("# METADATA\n# custom: {id: PKG}\npackage meta\n\ndeny contains \"a\"\n", ["PKG high a"]),
        (
            "# METADATA\n# custom: {id: PKG}\npackage meta\n\ndeny contains \"a\"\n\nwarn contains \"b\"\n",
            ["meta.deny high a", "meta.warn low b"]
        ),
        // What OPA counts: no space, trailing spaces, blank lines before the rule.
        ("package meta\n\n#METADATA\n# custom: {id: A}\ndeny contains \"a\"\n", ["A high a"]),
        ("package meta\n\n# METADATA  \n# custom: {id: A}\n\n\ndeny contains \"a\"\n", ["A high a"]),
        (
            "package meta\n\n#   METADATA\n# custom:\n#   id: A\n#   severity: MEDIUM\ndeny contains \"a\"\n",
            ["A medium a"]
        ),
    ])
    func whatItBelongsTo(_ text: String, _ expected: [String]) throws {
        #expect(try findings([text]) == expected)
    }

    @Test(arguments: [
        ("{severity: hihg}", "4:22 unknown severity \"hihg\"; did you mean \"high\"?"),
        ("{sevrity: high}", "4:12 unknown key \"sevrity\" of custom; did you mean \"severity\"?"),
        ("{remedation: x}", "4:12 unknown key \"remedation\" of custom; did you mean \"remediation\"?"),
        ("{targts: []}", "4:12 unknown key \"targts\" of custom; did you mean \"targets\"?"),
        (
            "{targets: [{group: apps, kinds: [Deploymnt]}]}",
            "4:44 no kind is called \"Deploymnt\"; did you mean \"Deployment\"?"
        ),
        ("{targets: [{group: '', kinds: [Deployment]}]}", "4:42 Deployment is in the group \"apps\", not in \"\""),
        ("{targets: [{group: app, kinds: [Deployment]}]}", "4:43 Deployment is in the group \"apps\", not in \"app\""),
        (
            "{targets: [{group: apps, kind: Deployment}]}",
            "4:36 unknown key \"kind\" of a target; did you mean \"kinds\"?"
        ),
        ("{targets: Deployment}", "4:21 targets are a list of groups and kinds, of \"workloads\" or of \"*\""),
        ("{targets: [workload]}", "4:22 unknown target \"workload\"; did you mean \"workloads\"?"),
        ("{targets: [1]}", "4:22 a target is \"*\", \"workloads\" or a mapping of group and kinds"),
        ("{scope: bundel}", "4:19 unknown scope \"bundel\"; did you mean \"bundle\"?"),
        (
            "{parameters: {most: {type: integer, default: many}}}",
            "4:56 the default of most: Invalid type. Expected: integer, given: string"
        ),
    ])
    func mistakes(_ custom: String, _ message: String) {
        let user = policies(["package meta\n\n# METADATA\n# custom: \(custom)\ndeny contains \"a\"\n"])
        #expect(user.problems.map { "\($0.range?.position.description ?? "") \($0.message)" }.first == message)
    }

    /// A policy of the library that somebody copies keeps its metadata.
    @Test func theLibraryIsWrittenLikeThis() throws {
        let library = try PolicyLibrary.embedded()
        for policy in library.policies {
            let source = try #require(library.source(of: policy))
            #expect(UserPolicies(sources: [source]).problems.map(\.message) == [], "\(policy.id)")
        }
    }

    /// Keys of others, kinds of custom resources and severities in capitals are fine.
    @Test func freedom() {
        let targets =
            "[{group: example.org, kinds: [Deploy]}, {group: '*', kinds: ['*']}, '*', workloads, lasting-workloads]"
        let custom = "{owner: shop, tier: 1, severity: HIGH, targets: \(targets)}"
        #expect(policies(["package meta\n\n# METADATA\n# custom: \(custom)\ndeny contains \"a\"\n"]).problems.isEmpty)
    }
}
