@testable import Catalogue
import Diagnostics
import Documents
import Foundation
import TestSupport
import Testing

/// The schema that editors use and the reader that runs use take and refuse the same files.
@Suite struct ConfigurationSchemaTests {
    private static let package = LibraryTests.package

    private static func document(_ text: String) throws -> Document {
        try #require(YAMLReader().read(SourceFile(path: "lintel.yaml", text: text)).documents.first)
    }

    /// What the schema refuses in a configuration; nil when it takes it.
    private static func problem(_ text: String, naming policies: [Policy] = []) throws -> String? {
        try document(ConfigurationSchema.text(naming: policies)).withRoot { schema in
            try document(text).withRoot { value in
                ParameterSchema.problem(of: value, schema: schema).map { "\(DocumentPath($0.path).fieldPath) \($0.message)" }
            }
        }
    }

    private static func agrees(_ text: String, isGood: Bool) throws {
        let library = try PolicyLibrary.embedded()
        let source = SourceFile(path: "lintel.yaml", text: text)
        let problems = ConfigurationReader.read(source, policies: library.policies).problems
        #expect(problems.isEmpty == isGood, "the reader: \(text)\n\(DiagnosticRenderer().render(problems))")
        let some = library.policies.filter { ["LT-POD-001", "LT-RBAC-001"].contains($0.id) }
        for policies in [[], some] {
            let problem = try problem(text, naming: policies)
            #expect((problem == nil) == isGood, "the schema: \(text)\n\(problem ?? "nothing")")
        }
    }

    @Test func publishedFile() {
        let file = URL(fileURLWithPath: Self.package + "/docs/lintel.schema.json")
        #expect(Snapshot.difference(ConfigurationSchema.text(), at: file) == nil)
    }

    @Test func keys() throws {
        let keys = try Self.document(ConfigurationSchema.text()).withRoot { schema in
            schema.field("properties").keys.map(\.string)
        }
        #expect(keys.sorted() == ConfigurationReader.keys.sorted())
    }

    /// The configurations of this repository and of its documentation.
    @Test func ours() throws {
        var count = 0
        for name in ["lintel.yaml", "Tests/CommandTests/Fixtures", "examples", "deploy"] {
            let root = URL(fileURLWithPath: Self.package + "/" + name)
            let below = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
            for file in [root] + below where file.lastPathComponent == "lintel.yaml" {
                let text = try String(contentsOf: file, encoding: .utf8)
                if text.contains("\nkind:") { continue }
                #expect(try Self.problem(text) == nil, "\(file.path)")
                count += 1
            }
        }
        #expect(count > 0)
    }

    @Test(arguments: [
        "# nothing\n{}", "profile: baseline", "profile: [baseline, cis-1.8]", "profile: []", "extends: restricted",
        "extends: [restricted, baseline]", "policies: [policies/]", "policies: []", "schemas: [crds]", "include: a/**",
        "exclude: [vendor/, \"**/testdata/\"]", "overrides: []",
        "overrides: [{paths: a/, profile: baseline, skip: [LT-REL-003], severity: {LT-POD-008: low}}]",
        "overrides: [{paths: [a, b], parameters: {LT-RBAC-001: {allowedRoles: [ops]}}}]",
        "kubernetesVersion: 1.30", "kubernetesVersion: \"1.30\"", "kubernetesVersion: v1.31.4", "kubernetesVersion: 1.31-1.36",
        "podSecurityVersion: latest", "podSecurityVersion: v1.29", "podSecurityVersion: 1.29", "failOn: warning",
        "maxFindings: 0",
        "maxFindings: 1000000", "charts: {web: charts/web}", "values: {charts/web: {prod: a.yaml, test: [a.yaml, b.yaml]}}",
        "repositories: [\"https://git.example.com/a.git\"]", "missingSchemas: skip", "failOnSkip: [empty, not-object]",
        "skip: [LT-POD-001, privileged-container]", "severity: {LT-RBAC-001: info, rbac-wildcards: low}",
        "parameters: {rbac-wildcards: {allowedRoles: [ops]}}", "parameters: {LT-POD-001: {}}",
        "workloads: {example.org/Job: 'spec.tasks[*].template', Crew: [spec.template, spec.a]}",
        "existing: [{kind: Secret, name: \"tls-*\"}]",
        "exceptions: [{policy: LT-POD-001, reason: known, until: 2027-01-31}]",
        "exceptions: [{policy: [LT-IMG-*, privileged-container], reason: a, owner: b, expires: '2027-01-31', path: a/**, kind: Pod, namespace: a, name: b, container: c, field: 'spec.containers[*].image'}]",
        "noExceptions: [LT-POD-001]", "inlineExceptions: false", "foreignExceptions: true",
        "admission: {onError: deny, mode: warn, updates: changed-spec, annotationExceptions: true}",
        "admission: {policies: {LT-POD-001: {enforcement: dryrun, onError: allow, updates: all, fix: missing}}}",
        "admission: {modes: [{mode: observe, namespaceSelector: {matchLabels: {team: a}, matchExpressions: [{key: a, operator: In, values: [b]}, {key: a, operator: Exists}, {key: a, operator: DoesNotExist, values: []}]}}]}",
    ])
    func taken(_ text: String) throws { try Self.agrees(text, isGood: true) }

    @Test(arguments: [
        "[]", "text", "profil: baseline", "profile: base", "profile: [base]", "profile: 1", "extends: 1", "extends: ['']",
        "policies: policies/", "policies: [1]", "policies: ['']", "schemas: {}", "include: 1", "exclude: ['']", "exclude: {}",
        "overrides: {}", "overrides: [1]", "overrides: [{profile: baseline}]", "overrides: [{paths: []}]",
        "overrides: [{paths: a, failOn: low}]", "overrides: [{paths: a, profile: base}]", "kubernetesVersion: 1",
        "kubernetesVersion: latest", "kubernetesVersion: new", "kubernetesVersion: 0.5", "kubernetesVersion: '01.30'",
        "kubernetesVersion: [1.30]", "podSecurityVersion: newest", "failOn: worst", "failOn: [low]", "maxFindings: -1",
        "maxFindings: 1000001", "maxFindings: some", "maxFindings: 1.5", "charts: [a]", "charts: {a: ''}", "charts: {a: [b]}",
        "values: []", "values: {a: {}}", "values: {a: b}", "values: {a: {b: []}}", "values: {a: {b: [1]}}",
        "values: {a: {b: ['']}}",
        "repositories: a", "repositories: ['']", "missingSchemas: ignore", "failOnSkip: empty", "failOnSkip: [nothing]",
        "skip: LT-POD-001", "skip: [1]", "skip: ['']", "severity: [low]", "severity: {LT-RBAC-001: worst}",
        "severity: {LT-RBAC-001: 1}",
        "parameters: []", "parameters: {LT-RBAC-001: [a]}", "workloads: []", "workloads: {a: []}", "workloads: {a: 'a..b'}",
        "workloads: {a: 'a[0].b'}", "workloads: {a: [1]}", "existing: {}", "existing: [{}]", "existing: [{kid: a}]",
        "existing: [{kind: 1}]", "exceptions: {}", "exceptions: [a]", "exceptions: [{policy: LT-POD-001}]",
        "exceptions: [{reason: a}]",
        "exceptions: [{policy: [], reason: a}]", "exceptions: [{policy: '', reason: a}]",
        "exceptions: [{policy: [1], reason: a}]",
        "exceptions: [{policy: LT-POD-001, reason: ''}]", "exceptions: [{policy: LT-POD-001, reason: a, until: soon}]",
        "exceptions: [{policy: LT-POD-001, reason: a, until: 2027-13-01}]",
        "exceptions: [{policy: LT-POD-001, reason: a, kid: b}]",
        "exceptions: [{policy: LT-POD-001, reason: a, kind: 1}]", "exceptions: [{policy: LT-POD-001, reason: a, name: ''}]",
        "noExceptions: LT-POD-001", "noExceptions: ['']", "inlineExceptions: 'yes'", "foreignExceptions: 1", "admission: []",
        "admission: {mod: warn}", "admission: {onError: refuse}", "admission: {mode: silent}", "admission: {updates: none}",
        "admission: {annotationExceptions: 1}", "admission: {policies: []}", "admission: {policies: {LT-POD-001: deny}}",
        "admission: {policies: {LT-POD-001: {action: deny}}}", "admission: {policies: {LT-POD-001: {fix: all}}}",
        "admission: {modes: {}}", "admission: {modes: [{mode: warn}]}", "admission: {modes: [{namespaceSelector: {}}]}",
        "admission: {modes: [{mode: warn, namespaceSelector: []}]}",
        "admission: {modes: [{mode: warn, namespaceSelector: {labels: {}}}]}",
        "admission: {modes: [{mode: warn, namespaceSelector: {matchLabels: {a: 1}}}]}",
        "admission: {modes: [{mode: warn, namespaceSelector: {matchExpressions: [{key: a, operator: Is}]}}]}",
        "admission: {modes: [{mode: warn, namespaceSelector: {matchExpressions: [{key: a, operator: In}]}}]}",
        "admission: {modes: [{mode: warn, namespaceSelector: {matchExpressions: [{key: a, operator: In, values: a}]}}]}",
        "admission: {modes: [{mode: warn, namespaceSelector: {matchExpressions: [{key: a, operator: In, values: [a, 1]}]}}]}",
        "admission: {modes: [{mode: warn, namespaceSelector: {matchExpressions: [{key: a, operator: Exists, values: [a]}]}}]}",
        "admission: {modes: [{mode: warn, namespaceSelector: {matchExpressions: [{key: a, operator: Exists, value: a}]}}]}",
        "admission: {modes: [{mode: warn, namespaceSelector: {matchExpressions: [{key: '', operator: Exists}]}}]}",
        "admission: {modes: [{mode: warn, namespaceSelector: {matchExpressions: [a]}}]}",
    ])
    func refused(_ text: String) throws { try Self.agrees(text, isGood: false) }

    /// What parameters a policy has is in the schema that names policies.
    @Test(arguments: [
        "parameters: {LT-RBAC-001: {allowedRole: [ops]}}", "parameters: {rbac-wildcards: {allowedRoles: ops}}",
        "parameters: {LT-POD-001: {any: 1}}", "overrides: [{paths: a, parameters: {LT-RBAC-001: {allowedRoles: [1]}}}]",
    ])
    func parameters(_ text: String) throws {
        let library = try PolicyLibrary.embedded()
        let problems = ConfigurationReader.read(SourceFile(path: "lintel.yaml", text: text), policies: library.policies).problems
        #expect(problems.count == 1)
        #expect(try Self.problem(text, naming: library.policies) != nil)
    }

    /// What a schema cannot know: which policies and files a run has, the calendar, the order of releases, paths of fields.
    @Test(arguments: [
        "skip: [LT-NONE-001]", "severity: {LT-NONE-001: low}", "parameters: {LT-NONE-001: {}}", "extends: nothing.yaml",
        "exceptions: [{policy: LT-POD-001, reason: a, until: 2027-02-30}]", "kubernetesVersion: 1.36-1.31",
        "exceptions: [{policy: LT-POD-001, reason: a, field: 'a['}]",
    ])
    func onlyTheReaderRefuses(_ text: String) throws {
        let library = try PolicyLibrary.embedded()
        let problems = ConfigurationReader.read(SourceFile(path: "lintel.yaml", text: text), policies: library.policies).problems
        #expect(problems.count == 1, "\(text)")
        #expect(try Self.problem(text) == nil, "\(text)")
    }
}
