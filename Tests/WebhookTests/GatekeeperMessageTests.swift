import Catalogue
import Testing
@testable import Webhook

/// Gatekeeper's constraints in the webhook: what answers call them, and what is counted.
struct GatekeeperMessageTests {
    private static let template = """
        apiVersion: templates.gatekeeper.sh/v1
        kind: ConstraintTemplate
        metadata: {name: needslabels}
        spec:
          crd: {spec: {names: {kind: NeedsLabels}, validation: {openAPIV3Schema: {type: object, properties: {label: {type: string}}}}}}
          targets:
          - target: admission.k8s.gatekeeper.sh
            rego: |
              package needslabels
              violation[{"msg": msg}] {
                not input.review.object.metadata.labels[input.parameters.label]
                msg := sprintf("label %v is missing", [input.parameters.label])
              }
        """

    private static func constraint(_ name: String, _ action: String, _ label: String) -> String {
        """
        apiVersion: constraints.gatekeeper.sh/v1beta1
        kind: NeedsLabels
        metadata: {name: \(name)}
        spec: {enforcementAction: \(action), parameters: {label: \(label)}}
        """
    }

    @Test(arguments: [false, true])
    func names(_ speaksAsGatekeeper: Bool) throws {
        let served = try ServedPolicies(
            [
                "template.yaml": Self.template, "a.yaml": Self.constraint("must-have-team", "deny", "team"),
                "b.yaml": Self.constraint("should-have-owner", "warn", "owner"),
                "c.yaml": Self.constraint("may-have-cost", "dryrun", "cost"),
                "own.rego": "package own\n\ndeny contains \"not here\" if input.kind == \"Pod\"\n",
            ], speaksAsGatekeeper: speaksAsGatekeeper)
        let found = try served.review(
            """
            {"uid": "1", "kind": {"group": "", "version": "v1", "kind": "Pod"}, "resource": {"group": "", "version": "v1",
            "resource": "pods"}, "name": "p", "namespace": "n", "operation": "CREATE", "userInfo": {"username": "u"},
            "object": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "namespace": "n"}}}
            """)
        let prefix = speaksAsGatekeeper ? "" : "NeedsLabels/"
        #expect(found.isAllowed == false)
        #expect(
            Set(found.message.split(separator: "\n")) == [
                "[\(prefix)must-have-team] label team is missing", "[own.deny] not here",
            ])
        #expect(found.warnings == ["[\(prefix)should-have-owner] label owner is missing"])
        #expect(found.annotations["dryrun-denied-by"] == "NeedsLabels/may-have-cost")
        // Annotations, logs and metrics keep the names that are unique.
        #expect(found.annotations["denied-by"]?.contains("NeedsLabels/must-have-team") == true)
        let exposed = served.metrics.registry.text()
        for (name, action) in [("must-have-team", "deny"), ("should-have-owner", "warn"), ("may-have-cost", "dryrun")] {
            #expect(exposed.contains("lintel_violations{policy=\"NeedsLabels/\(name)\",enforcement_action=\"\(action)\"} 1"))
        }
    }

    /// Constraints with equal parameters are evaluated once; each counts and acts for itself.
    @Test func constraintsWithEqualParametersActEach() throws {
        let served = try ServedPolicies(
            [
                "template.yaml": Self.template, "a.yaml": Self.constraint("first", "deny", "team"),
                "b.yaml": Self.constraint("second", "warn", "team"), "c.yaml": Self.constraint("third", "deny", "team"),
                "d.yaml": Self.constraint("other", "deny", "app"),
            ])
        func review(_ labels: String) throws -> ReviewedResponse {
            try served.review(
                """
                {"uid": "1", "kind": {"group": "", "version": "v1", "kind": "Pod"}, "resource": {"group": "", "version": "v1",
                "resource": "pods"}, "name": "p", "namespace": "n", "operation": "CREATE", "userInfo": {"username": "u"},
                "object": {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "namespace": "n", "labels": \(labels)}}}
                """)
        }
        let found = try review(#"{"app": "x"}"#)
        #expect(
            Set(found.message.split(separator: "\n")) == [
                "[NeedsLabels/first] label team is missing", "[NeedsLabels/third] label team is missing",
            ])
        #expect(found.warnings == ["[NeedsLabels/second] label team is missing"])
        #expect(found.annotations["evaluated"] == "4")
        let exposed = served.metrics.registry.text()
        for (name, action) in [("first", "deny"), ("second", "warn"), ("third", "deny")] {
            #expect(exposed.contains("lintel_violations{policy=\"NeedsLabels/\(name)\",enforcement_action=\"\(action)\"} 1"))
        }
        #expect(try review(#"{"team": "x"}"#).message == "[NeedsLabels/other] label app is missing")
    }

    /// What a constraint leads to does not depend on what its template looks at.
    @Test(arguments: ["deny", "warn", "dryrun"])
    func constraintsThatCompareObjectsActToo(_ action: String) throws {
        let template = Self.template.replacing("not input.review", with: "count(data.inventory) >= 0\n        not input.review")
        var contents = try ServedPolicies.contents(
            ["t.yaml": template, "c.yaml": Self.constraint("c", action, "team")], "", builtin: false, profiles: ["recommended"],
            onError: nil)
        contents.options.followsCluster = true
        let set = try #require(contents.set)
        let policies = try #require(AdmissionPolicies.compile(set, options: contents.options).policies)
        #expect(policies.policies.map(\.scope) == [.allObjects])
        #expect(policies.profiles[""]?.actions.map(\.?.rawValue) == [action])
    }
}
