import Documents
import Testing

@testable import Playground

private let images = """
    package images

    # METADATA
    # custom:
    #   id: OWN-001
    #   severity: medium
    #   fix: {op: replace, path: imagePullPolicy, value: Always}
    deny contains {"msg": msg, "path": path} if {
    	some i, container in input.spec.containers
    	container.imagePullPolicy == "Never"
    	msg := sprintf("%s never pulls", [container.name])
    	path := sprintf("spec.containers[%d].imagePullPolicy", [i])
    }
    """

private func pod(_ comment: String = "", policy: String = "Never") -> String {
    """
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: app
          imagePullPolicy: \(policy)\(comment)
    """
}

@Suite struct AcceptanceTests {
    private func evaluate(_ input: String, configuration: String = "", policy: String = images) async throws -> Reply {
        try await Client { $0.now = { 1_790_000_000_000_000_000 } }.post(
            "/api/evaluate",
            body(policies: ["main.rego": policy], inputs: ["pod.yaml": input], [("configuration", .string(configuration))]))
    }

    /// What is accepted, and what is said about exceptions.
    @Test(arguments: [
        (" # lintel:ignore OWN-001 reason=\"old\"", "", 1, [String]()),
        (" # lintel:ignore OWN-001 until=2026-01-31 reason=\"old\"", "", 0, ["expired_exception"]),
        (" # lintel:ignore OWN-002 reason=\"old\"", "", 0, ["unknown_policy"]),
        (" # lintel:ignore LT-POD-001 reason=\"old\"", "", 0, []),
        ("", "exceptions: [{policy: OWN-001, reason: old, name: w*}]", 1, []),
        ("", "exceptions: [{policy: OWN-001, reason: old, path: inputs/*.yaml}]", 1, []),
        ("", "exceptions: [{policy: OWN-001, reason: old, name: other}]", 0, ["unused_exception"]),
        ("", "exceptions: [{policy: OWN-001, reason: old}]\nnoExceptions: [OWN-001]", 0, ["exception_refused"]),
        (" # lintel:ignore OWN-001 reason=\"old\"", "inlineExceptions: false", 0, []),
        ("", "exceptions: [{policy: OWN-001}]", 0, ["configuration_error"]),
        ("", "profile: recommended", 0, ["no_effect"]), ("", "failOnn: high", 0, ["configuration_error"]),
        ("", "extends: /etc/passwd", 0, ["configuration_error"]),
    ])
    func exceptionsHold(comment: String, configuration: String, accepted: Int, codes: [String]) async throws {
        let reply = try await evaluate(pod(comment), configuration: configuration)
        #expect(reply.json.at("violations").count == 1, "\(reply.text)")
        #expect(reply.json.at("summary.suppressed").written == "\(accepted)", "\(reply.text)")
        #expect(reply.json.at("summary.violations").written == (accepted == 1 ? "{}" : #"{"medium":1}"#))
        #expect(reply.json.at("diagnostics").items.map { $0.at("code").stringValue ?? "" } == codes, "\(reply.text)")
        #expect(!reply.text.contains("root:"))
    }

    @Test func reasonsArePartOfTheAnswer() async throws {
        let reply = try await evaluate(pod(" # lintel:ignore OWN-001 until=2030-01-31 owner=me reason=\"old\""))
        #expect(
            reply.json.at("violations.0.suppressed").written
                == #"{"file":"inputs/pod.yaml","line":8,"owner":"me","reason":"old","source":"comment","until":"2030-01-31"}"#)
        let late = try await evaluate(pod(" # lintel:ignore OWN-001 until=2020-01-31 reason=\"old\""))
        #expect(late.json.at("violations.0.expired.until").stringValue == "2020-01-31")
        // The API server never sees the comment.
        #expect(reply.json.at("admission.0.allowed").isTrue == late.json.at("admission.0.allowed").isTrue)
        let entry = try await evaluate(
            pod(), configuration: "severity: {OWN-001: critical}\nexceptions: [{policy: OWN-001, reason: old}]")
        #expect(entry.json.at("violations.0.severity").stringValue == "critical" && entry.json.at("admission.0.allowed").isTrue)
        let skipped = try await evaluate(pod(), configuration: "skip: [OWN-001]")
        #expect(skipped.json.at("violations").count == 0)
        #expect(skipped.json.at("summary.nothingEvaluated").stringValue != nil, "nothing was judged, which is no success")
    }

    private func fix(_ input: String, policy: String = images, _ change: [(String, JSON)] = []) async throws -> Reply {
        let wish: [(String, JSON)] = [
            ("policy", .string("OWN-001")), ("resource", .int(0)), ("pointer", .string("/spec/containers/0/imagePullPolicy")),
            ("message", .string("app never pulls")),
        ]
        return try await Client().post(
            "/api/fix",
            body(policies: ["main.rego": policy], inputs: ["pod.yaml": input], [("violation", .object(wish))] + change))
    }

    @Test func fixesAreEditsThatHelp() async throws {
        let found = try await evaluate(pod())
        #expect(found.json.at("violations.0.fixable").isTrue)
        let reply = try await fix(pod(" # é"))
        #expect(reply.json.at("edit.text").stringValue == "Always", "\(reply.text)")
        #expect(
            reply.json.at("edit.at").written
                == #"{"file":"inputs/pod.yaml","range":{"end":{"column":29,"line":8},"start":{"column":24,"line":8}}}"#)
        #expect(reply.json.at("diff").stringValue?.contains("+      imagePullPolicy: Always # é") == true)
        #expect(reply.json.at("unsafe").isFalse)
        let gone = try await fix(pod(policy: "Always"))
        #expect(gone.json.at("reason").stringValue == "the violation is not there any more")
        let useless = try await fix(
            pod(),
            policy: images.replacing("value: Always", with: "value: Sometimes").replacing("== \"Never\"", with: "!= \"Always\""))
        #expect(useless.json.at("reason").stringValue == "its fix does not remedy it")
        let harm = images + "\n\ndeny_always contains \"always\" if input.spec.containers[_].imagePullPolicy == \"Always\"\n"
        #expect(
            try await fix(pod(), policy: harm).json.at("reason").stringValue == "afterwards images.deny_always is found: always")
        #expect(try await fix(pod(), policy: images.replacing("    #   fix", with: "    #   no")).status == 200)
        #expect(try await Client().post("/api/fix", body(policies: ["main.rego": images])).status == 400)
    }
}

private let template = """
    apiVersion: templates.gatekeeper.sh/v1
    kind: ConstraintTemplate
    metadata:
      name: requiredlabels
    spec:
      crd:
        spec:
          names: {kind: RequiredLabels}
          validation:
            openAPIV3Schema:
              type: object
              properties:
                labels: {type: array, items: {type: string}}
      targets:
        - target: admission.k8s.gatekeeper.sh
          rego: |
            package requiredlabels

            violation[{"msg": msg}] {
              wanted := input.parameters.labels[_]
              not input.review.object.metadata.labels[wanted]
              msg := sprintf("%q is missing", [wanted])
            }
    """

private func constraint(_ spec: String) -> String {
    "apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: RequiredLabels\nmetadata: {name: owners}\nspec: \(spec)\n"
}

@Suite struct ConstraintTests {
    private let namespaces = "apiVersion: v1\nkind: Namespace\nmetadata: {name: lab}\n"

    private func evaluate(_ policies: [String: String], _ input: String, _ more: [(String, JSON)] = []) async throws -> Reply {
        try await Client().post("/api/evaluate", body(policies: policies, inputs: ["a.yaml": input], more))
    }

    @Test(arguments: [
        ("{match: {kinds: [{apiGroups: [\"\"], kinds: [Namespace]}]}, parameters: {labels: [owner]}}", 1, "high"),
        ("{enforcementAction: warn, parameters: {labels: [owner]}}", 1, "low"),
        ("{enforcementAction: dryrun, parameters: {labels: [owner]}}", 1, "info"),
        ("{match: {excludedNamespaces: [la*]}, parameters: {labels: [owner]}}", 0, ""),
        ("{match: {kinds: [{apiGroups: [\"apps\"], kinds: [\"*\"]}]}, parameters: {labels: [owner]}}", 0, ""),
        ("{parameters: {labels: []}}", 0, ""),
    ])
    func constraintsJudge(spec: String, count: Int, severity: String) async throws {
        let reply = try await evaluate(["t.yaml": template, "c.yaml": constraint(spec)], namespaces)
        #expect(reply.json.at("diagnostics").count == 0, "\(reply.text)")
        #expect(reply.json.at("violations").count == count, "\(reply.text)")
        if count == 0 { return }
        let violation = reply.json.at("violations.0")
        #expect(violation.at("message").stringValue == #""owner" is missing"#)
        #expect(
            violation.at("severity").stringValue == severity && violation.at("policy.id").stringValue == "RequiredLabels/owners")
        #expect(violation.at("ruleAt.file").stringValue == "policies/t.yaml")
        #expect(violation.at("ruleAt.range.start.line").written == "19")
    }

    @Test(arguments: [
        (template, constraint("{parameters: {labels: owner}}"), "policies/c.yaml", "constraint_error"),
        (template, constraint("{match: {namespaces: shop}}"), "policies/c.yaml", "constraint_error"),
        (
            template.replacing("input.parameters.labels[_]", with: "input.parameters.labels[_"), constraint("{}"),
            "policies/t.yaml", "rego_parse_error"
        ),
        ("a: 1\n", constraint("{}"), "policies/c.yaml", "constraint_error"),
    ])
    func faultsAreLocated(template: String, constraint: String, file: String, code: String) async throws {
        let reply = try await evaluate(["t.yaml": template, "c.yaml": constraint], namespaces)
        let problems = reply.json.at("diagnostics").items
        #expect(problems.contains { $0.at("at.file").stringValue == file && $0.at("code").stringValue == code }, "\(reply.text)")
        #expect(problems.contains { $0.at("severity").stringValue == "error" })
    }

    @Test func otherPoliciesAndFormsStandBesideThem() async throws {
        let rego = "package main\n\ndeny contains \"seen\" if input.kind == \"Namespace\"\n"
        let files = ["t.yaml": template, "c.yaml": constraint("{parameters: {labels: [owner]}}"), "main.rego": rego]
        let reply = try await evaluate(files, namespaces, [("options", .object([("input", .string("object"))]))])
        #expect(reply.json.at("violations").count == 2, "\(reply.text)")
        // The manifest of a Pod may be applied to any namespace, as for `lintel check`; a request is made in one.
        let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"
        let match = ["t.yaml": template, "c.yaml": constraint("{match: {namespaces: [shop]}, parameters: {labels: [owner]}}")]
        #expect(try await evaluate(match, pod).json.at("violations").count == 1)
        for (namespace, count) in [("shop", 1), ("lab", 0)] {
            let request = JSON.object([("admission", .object([("namespace", .string(namespace))]))])
            #expect(try await evaluate(match, pod, [("options", request)]).json.at("violations").count == count)
        }
    }
}
