import Foundation
import TestSupport
import Testing

/// Gatekeeper's templates, constraints and suites, as people have them.
@Suite struct GatekeeperTests {
    private static let template = """
        apiVersion: templates.gatekeeper.sh/v1
        kind: ConstraintTemplate
        metadata: {name: needlabel}
        spec:
          crd:
            spec:
              names: {kind: NeedLabel}
              validation:
                openAPIV3Schema:
                  type: object
                  properties:
                    label: {type: string, default: team}
          targets:
            - target: admission.k8s.gatekeeper.sh
              rego: |
                package needlabel

                violation[{"msg": msg}] {
                  not input.review.object.metadata.labels[input.parameters.label]
                  msg := sprintf("label %v is missing", [input.parameters.label])
                }

        """

    private static func constraint(_ spec: String, name: String = "c", kind: String = "NeedLabel") -> String {
        """
        ---
        apiVersion: constraints.gatekeeper.sh/v1beta1
        kind: \(kind)
        metadata: {name: \(name)}
        spec: \(spec)

        """
    }

    private static let objects = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop, labels: {tier: prod}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec: {template: {metadata: {labels: {app: web}}}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: other, namespace: kube-system, labels: {team: a}}

        """

    private func check(
        _ policy: String, _ objects: String = GatekeeperTests.objects, _ options: [String] = [], format: String = "compact"
    ) throws -> LintelRun {
        let folder = try TemporaryFolder()
        try folder.write(["policy.yaml": policy, "objects.yaml": objects])
        return try LintelRun(
            ["check", "--no-builtin", "--policy", "policy.yaml", "objects.yaml", "--format", format] + options, in: folder.url)
    }

    struct Match: CustomTestStringConvertible {
        var match: String
        /// The objects without the label `team` that it is about.
        var found: [String]
        var testDescription: String { match }
    }

    static let matches = [
        Match(match: "{}", found: ["Namespace shop", "Pod shop/web", "Deployment shop/web"]),
        Match(match: "{kinds: [{apiGroups: [\"\"], kinds: [Pod]}]}", found: ["Pod shop/web"]),
        Match(match: "{kinds: [{apiGroups: [\"*\"], kinds: [Deployment]}]}", found: ["Deployment shop/web"]),
        Match(match: "{kinds: [{kinds: [\"*\"], apiGroups: [apps]}]}", found: ["Deployment shop/web"]),
        Match(match: "{scope: Cluster}", found: ["Namespace shop"]),
        Match(match: "{scope: Namespaced}", found: ["Pod shop/web", "Deployment shop/web"]),
        Match(match: "{namespaces: [sh*]}", found: ["Namespace shop", "Pod shop/web", "Deployment shop/web"]),
        Match(match: "{namespaces: [\"*x*\"]}", found: []),
        Match(match: "{excludedNamespaces: [\"*op\"]}", found: []),
        Match(match: "{labelSelector: {matchLabels: {app: web}}}", found: ["Pod shop/web"]),
        Match(
            match: "{labelSelector: {matchExpressions: [{key: app, operator: DoesNotExist}]}}",
            found: ["Namespace shop", "Deployment shop/web"]),
        Match(
            match: "{kinds: [{kinds: [Pod]}], excludedNamespaces: [kube-*], namespaceSelector: {matchLabels: {tier: prod}}}",
            found: ["Pod shop/web"]),
        Match(
            match:
                "{excludedNamespaces: [kube-*], namespaceSelector: {matchExpressions: [{key: tier, operator: NotIn, values: [prod]}]}}",
            found: []),
        Match(match: "{name: w*}", found: ["Pod shop/web", "Deployment shop/web"]),
        Match(match: "{source: Generated}", found: []),
    ]

    @Test(arguments: matches) func matchesObjects(_ example: Match) throws {
        let run = try check(Self.template + Self.constraint("{match: \(example.match), parameters: {}}"))
        for (name, line) in [("Namespace shop", 3), ("Pod shop/web", 7), ("Deployment shop/web", 11)] {
            #expect(
                run.output.contains("objects.yaml:\(line):") == example.found.contains(name),
                "\(name): \(run.output)\(run.errors)")
        }
        #expect((run.code == 1) == !example.found.isEmpty, "\(run.errors)")
    }

    /// What a review says of its object stands in the object.
    @Test(arguments: [
        (#"input.review.kind.kind == "Pod""#, "kind", 5), (#"input.review.kind.version == "v1""#, "apiVersion", 1),
        (#"input.review.name == "a""#, "metadata.name", 3), (#"input.review.namespace == "shop""#, "metadata.namespace", 3),
    ])
    func placesInReviews(condition: String, path: String, line: Int) throws {
        let policy = """
            apiVersion: templates.gatekeeper.sh/v1
            kind: ConstraintTemplate
            metadata: {name: placed}
            spec:
              crd: {spec: {names: {kind: Placed}}}
              targets:
                - target: admission.k8s.gatekeeper.sh
                  rego: |
                    package placed
                    violation[{"msg": "found"}] { \(condition) }

            """
        let object = "apiVersion: v1\nmetadata:\n  {name: a, namespace: shop}\nspec: {}\nkind: Pod\n"
        let run = try check(policy + Self.constraint("{}", kind: "Placed"), object, ["--only", "Placed/c"], format: "json")
        #expect(run.output.contains("\"path\": \"\(path)\""), "\(run.output)\(run.errors)")
        #expect(run.output.contains("\"line\": \(line)"), "\(run.output)")
    }

    @Test func defaultsStandInForParameters() throws {
        let run = try check(Self.template + Self.constraint("{match: {kinds: [{kinds: [Pod]}]}, parameters: {}}"))
        #expect(run.output.contains("objects.yaml:7"), "\(run.output)")
        #expect(run.output.contains("label team is missing [NeedLabel/c]"), "\(run.output)")
    }

    @Test func actionsAreLevels() throws {
        for (action, code, level) in [("deny", 1, "error"), ("warn", 0, "warning"), ("dryrun", 0, "note")] {
            let spec = "{enforcementAction: \(action), match: {kinds: [{kinds: [Pod]}]}, parameters: {label: x}}"
            let run = try check(Self.template + Self.constraint(spec))
            #expect(run.code == Int32(code), "\(action): \(run.errors)")
            #expect(run.output.contains(level), "\(run.output)")
        }
    }

    @Test func scopedActionsAreThoseOfChecks() throws {
        func spec(_ point: String) -> String {
            "{enforcementAction: scoped, scopedEnforcementActions: [{action: deny, enforcementPoints: [{name: \(point)}]}], parameters: {label: x}}"
        }
        #expect(try check(Self.template + Self.constraint(spec("gator.gatekeeper.sh"))).code == 1)
        let other = try check(Self.template + Self.constraint(spec("audit.gatekeeper.sh")))
        #expect(other.errors.contains("is not enforced at gator.gatekeeper.sh"), "\(other.errors)")
        #expect(other.code == 2)
    }

    @Test func unmatchedConstraintsAreListed() throws {
        let policy =
            Self.template + Self.constraint("{match: {kinds: [{kinds: [Secret]}]}}", name: "idle")
            + Self.constraint("{parameters: {label: x}}")
        let run = try check(policy, Self.objects, format: "text")
        #expect(run.output.contains("NeedLabel/idle"), "\(run.output)")
        #expect(run.code == 1)
    }

    struct Broken: CustomTestStringConvertible {
        var policy: String
        var says: String
        var testDescription: String { says }
    }

    private static func template(_ changes: [String: String]) -> String {
        var text = template.replacingOccurrences(of: "needlabel", with: "broken").replacingOccurrences(
            of: "NeedLabel", with: "Broken")
        for (old, new) in changes { text = text.replacingOccurrences(of: old, with: new) }
        return "---\n" + text
    }

    static let broken = [
        Broken(policy: template(["msg := sprintf": "msg := sprintff"]), says: "undefined function sprintff"),
        Broken(policy: template(["violation[{\"msg\": msg}] {": "violation[{\"msg\": msg}] {{"]), says: "rego_parse_error"),
        Broken(policy: template(["violation[": "deny["]), says: "needs a rule called violation"),
        Broken(policy: template(["admission.k8s.gatekeeper.sh": "other"]), says: "there is no target \"other\""),
        Broken(policy: template(["type: object": "description: x"]), says: "a structural schema says the type"),
        Broken(policy: template(["{name: broken}": "{name: brkn}"]), says: "kind in lower case"),
        Broken(
            policy: template(["broken": "needlabel", "Broken": "NeedLabel", "is missing": "is absent"]),
            says: "there is another template of the kind NeedLabel"),
        Broken(policy: template(["input.parameters.label]\n": "data.other.label]\n"]), says: "data.inventory and data.lib only"),
        Broken(policy: constraint("{}", kind: "Nobody"), says: "no template defines the kind Nobody"),
        Broken(policy: constraint("{parameters: {label: [1]}}", name: "d"), says: "parameters: label takes text"),
        Broken(policy: constraint("{match: {scope: Namespace}}", name: "d"), says: "scope is \"Namespace\""),
        Broken(
            policy: constraint("{match: {labelSelector: {matchExpressions: [{key: a, operator: Is}]}}}", name: "d"),
            says: "\"Is\" is no operator"),
        Broken(policy: constraint("{enforcementAction: block}", name: "d"), says: "enforcementAction is \"block\""),
        Broken(
            policy: "---\napiVersion: externaldata.gatekeeper.sh/v1beta1\nkind: Provider\nmetadata: {name: p}\n",
            says: "a Provider asks a server"),
    ]

    @Test(arguments: broken) func brokenPoliciesSpoilNoOther(_ example: Broken) throws {
        let run = try check(
            Self.template + example.policy + Self.constraint("{match: {kinds: [{kinds: [Pod]}]}, parameters: {label: x}}"))
        #expect(run.code == 2)
        #expect(run.errors.contains(example.says), "\(run.errors)")
        #expect(run.errors.components(separatedBy: " error: ").count == 2, "\(run.errors)")
        #expect(run.errors.contains("policy.yaml:"), "\(run.errors)")
        #expect(run.output.contains("label x is missing"), "\(run.output)")
    }

    @Test func celAloneIsAnErrorUnlessSkipped() throws {
        let cel = Self.template(["rego: |": "code: [{engine: K8sNativeValidation, source: {}}]\n      old: |"])
        let policy = Self.template + cel + Self.constraint("{parameters: {label: x}}")
        #expect(try check(policy).code == 2)
        let skipped = try check(policy, Self.objects, ["--skip-cel"])
        #expect(skipped.code == 1)
        #expect(skipped.errors.contains("warning: the template Broken is written in CEL alone"), "\(skipped.errors)")
    }

    @Test func expansionsNameBothObjects() throws {
        let expansion = """
            ---
            apiVersion: expansion.gatekeeper.sh/v1alpha1
            kind: ExpansionTemplate
            metadata: {name: expand-deployments}
            spec:
              applyTo: [{groups: [apps], kinds: [Deployment], versions: [v1]}]
              templateSource: spec.template
              generatedGVK: {kind: Pod, group: "", version: v1}

            """
        let spec = "{match: {source: Generated}, parameters: {label: x}}"
        let run = try check(Self.template + expansion + Self.constraint(spec), Self.objects, format: "text")
        #expect(run.output.contains("[Implied by expand-deployments] label x is missing"), "\(run.output)")
        #expect(run.output.contains("Pod shop/web-pod"), "\(run.output)")
        #expect(run.output.contains("makes of Deployment shop/web"), "\(run.output)")
        #expect(run.code == 1)
    }

    /// The label with its name each Namespace has, also one that nobody shows.
    @Test(arguments: [
        ("{matchLabels: {kubernetes.io/metadata.name: shop}}", true),
        ("{matchLabels: {kubernetes.io/metadata.name: other}}", false),
        ("{matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [shop]}]}", false),
        ("{matchExpressions: [{key: kubernetes.io/metadata.name, operator: Exists}]}", true),
    ])
    func namespacesByName(_ selector: String, _ isFound: Bool) throws {
        let spec = "{match: {kinds: [{kinds: [Pod]}], namespaceSelector: \(selector)}, parameters: {label: x}}"
        let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\n"
        let run = try check(Self.template + Self.constraint(spec), pod, format: "text")
        #expect(run.code == (isFound ? 1 : 0) || !isFound && run.code == 2, "\(run.output)\(run.errors)")
        #expect(run.output.contains("label x is missing") == isFound, "\(run.output)\(run.errors)")
        #expect(!run.output.contains("is not in the input"))
    }

    @Test func objectsAreComparedWithTheInventory() throws {
        let template = Self.template([
            "not input.review.object.metadata.labels[input.parameters.label]":
                "other := data.inventory.namespace[ns][_].Pod[name]; not same(other); other.spec.host == input.review.object.spec.host",
            "violation[{\"msg\": msg}] {":
                "same(other) { other.metadata.name == input.review.object.metadata.name; other.metadata.namespace == input.review.object.metadata.namespace }\n\n        violation[{\"msg\": msg}] {",
        ])
        let pods = ["a", "b"].map { "---\napiVersion: v1\nkind: Pod\nmetadata: {name: \($0)}\nspec: {host: \"x\"}\n" }.joined()
        let run = try check(
            template + Self.constraint("{match: {kinds: [{kinds: [Pod]}]}, parameters: {}}", kind: "Broken"), pods)
        // Each with the other, none with itself.
        #expect(run.output.components(separatedBy: "is missing").count == 3, "\(run.output)\(run.errors)")
    }

    // MARK: Suites

    @Test(.enabled(if: ConformanceData.isUsed("gatekeeper-library"), "no conformance data"))
    func librarySuitesPass() throws {
        let folder = ConformanceData.url(of: "gatekeeper-library/library")
        let run = try LintelRun(["verify", "-v", "."], in: folder)
        #expect(run.code == 0, "\(run.output)")
        #expect(run.output.components(separatedBy: "    --- PASS").count - 1 == 192)
        #expect(!run.output.contains("FAIL"))
    }

    private static let suite = """
        kind: Suite
        apiVersion: test.gatekeeper.sh/v1alpha1
        tests:
        - name: labels
          template: template.yaml
          constraint: constraint.yaml
          cases:
          - {name: bad, object: pod.yaml, assertions: [{violations: 1, message: "^label .* missing$"}]}
          - {name: skipped, skip: true, object: none.yaml, assertions: [{violations: 5}]}
          - {name: review, object: review.yaml, assertions: [{violations: no}]}
        - name: refused
          template: template.yaml
          constraint: refused.yaml
          invalid: true

        """

    private func suiteFolder(_ suite: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let review = """
            apiVersion: admission.k8s.io/v1
            kind: AdmissionReview
            request:
              uid: a
              operation: DELETE
              oldObject: {apiVersion: v1, kind: Pod, metadata: {name: a, labels: {x: "1"}}}

            """
        try folder.write([
            "suite.yaml": suite, "template.yaml": Self.template, "constraint.yaml": Self.constraint("{parameters: {label: x}}"),
            "refused.yaml": Self.constraint("{parameters: {label: 5}}"), "review.yaml": review,
            "pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n",
        ])
        return folder
    }

    @Test func suitesAreRunAsGatorRunsThem() throws {
        let folder = try suiteFolder(Self.suite)
        let run = try LintelRun(["verify", "-v"], in: folder.url)
        #expect(run.code == 0, "\(run.output)\(run.errors)")
        #expect(run.output.contains("    === SKIP  skipped"))
        #expect(run.output.hasSuffix("PASS\n"))
        #expect(try LintelRun(["test", "."], in: folder.url).code == 0)
        let some = try LintelRun(["verify", "-v", "--run", "labels//bad"], in: folder.url)
        #expect(some.output.contains("=== SKIP  refused"), "\(some.output)")
        for format in ["json", "yaml", "junit"] {
            #expect(try LintelRun(["verify", "-o", format], in: folder.url).output.contains("bad"))
        }
    }

    static let failing = [
        ("violations: 1", "violations: no", "got 1 violations"), ("violations: no}]}", "violations: yes}]}", "want at least 1"),
        ("^label", "^lable", "containing \"^lable .* missing$\""), ("pod.yaml", "none.yaml", "none.yaml"),
        ("invalid: true", "invalid: false", "parameters: label takes text"),
        ("template.yaml", "pod.yaml", "is not a ConstraintTemplate"),
        ("assertions: [{violations: no}]", "assertions: []", "must not be empty"), ("violations: 1", "violations: maybe", "yes"),
    ]

    @Test(arguments: failing) func failuresAreTold(_ old: String, _ new: String, _ says: String) throws {
        let folder = try suiteFolder(Self.suite.replacingOccurrences(of: old, with: new))
        let run = try LintelRun(["verify"], in: folder.url)
        #expect(run.code == 1, "\(run.output)")
        #expect(run.output.contains(says), "\(run.output)\(run.errors)")
        #expect(run.output.hasSuffix("FAIL\n"))
    }

    @Test func nothingToRunIsNoSuccess() throws {
        let folder = try TemporaryFolder()
        try folder.write(["a.yaml": "a: 1\n"])
        #expect(try LintelRun(["verify"], in: folder.url).code == 2)
    }

    @Test func expandPrintsWhatIsMade() throws {
        let folder = try TemporaryFolder()
        try folder.write([
            "e.yaml": """
            apiVersion: expansion.gatekeeper.sh/v1beta1
            kind: ExpansionTemplate
            metadata: {name: e}
            spec:
              applyTo: [{groups: [apps], kinds: [Deployment], versions: [v1]}]
              templateSource: spec.template
              generatedGVK: {kind: Pod, group: "", version: v1}

            """, "o.yaml": Self.objects,
        ])
        let run = try LintelRun(["expand", "-f", "e.yaml", "o.yaml"], in: folder.url)
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.output.contains("kind: Pod") && run.output.contains("name: web-pod"), "\(run.output)")
    }
}
