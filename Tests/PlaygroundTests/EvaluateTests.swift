import Documents
import Testing

@testable import Playground

private let pod = """
    apiVersion: v1
    kind: Pod
    metadata: {name: shop, namespace: store}
    spec:
      containers:
      - name: web
        image: web:latest
        securityContext:
          privileged: true
      - name: side
        image: side:1.0
    """

private let privileged = """
    package main

    deny contains msg if {
    	some c in input.spec.containers
    	c.securityContext.privileged == true
    	msg := sprintf("container %s is privileged", [c.name])
    }

    warn contains msg if {
    	some c in input.spec.containers
    	not c.resources
    	msg := sprintf("container %s has no resources", [c.name])
    }

    names := [c.name | some c in input.spec.containers]
    """

@Suite struct EvaluateTests {
    private func evaluate(_ json: JSON) async throws -> Reply { try await Client().post("/api/evaluate", json) }

    @Test func violationsNameNodeAndRule() async throws {
        let reply = try await evaluate(body(policies: ["main.rego": privileged], inputs: ["pod.yaml": pod]))
        let violations = reply.json.at("violations")
        #expect(violations.count == 3)
        // Without securityContext the missing node's nearest parent is marked: the container.
        #expect(violations.at("0.message").stringValue == "container web has no resources")
        #expect(violations.at("0.missing").isTrue)
        let deny = violations.items.first { $0.at("level").stringValue == "error" } ?? .undefined
        #expect(deny.at("message").stringValue == "container web is privileged")
        #expect(deny.at("severity").stringValue == "high")
        #expect(deny.at("rule").stringValue == "data.main.deny")
        #expect(deny.at("ruleAt.range.start.line").written == "3")
        #expect(deny.at("pointer").stringValue == "/spec/containers/0/securityContext/privileged")
        #expect(deny.at("path").stringValue == "spec.containers[0].securityContext.privileged")
        #expect(
            deny.at("at").written
                == #"{"file":"inputs/pod.yaml","range":{"end":{"column":23,"line":9},"start":{"column":19,"line":9}}}"#)
        #expect(reply.json.at("summary.violations").written == #"{"high":1,"low":2}"#)
        #expect(reply.json.at("resources.0.title").stringValue == "Pod store/shop")
        #expect(reply.json.at("summary.nothingEvaluated").isUndefined)
    }

    @Test func valuesOfRulesAreForTheChosenResource() async throws {
        let two = pod + "\n---\n" + pod.replacing("web", with: "api")
        let options: [(String, JSON)] = [("options", .object([("resource", .int(1))]))]
        let reply = try await evaluate(body(policies: ["main.rego": privileged], inputs: ["pods.yaml": two], options))
        let names = reply.json.at("values").items.first { $0.at("rule").stringValue == "data.main.names" } ?? .undefined
        #expect(names.at("value").written == #"["api","side"]"#)
        #expect(names.at("text").stringValue == #"["api", "side"]"#)
        #expect(reply.json.at("violations").items.map { $0.at("resource").written } == ["0", "0", "0", "1", "1", "1"])
    }

    @Test func compileErrorsHavePlacesAndFixes() async throws {
        let policy = "package main\n\ndeny contains msg if {\n\tmsg := sprint(\"%s\", [input.kind])\n}\n"
        let reply = try await evaluate(body(policies: ["main.rego": policy], inputs: ["pod.yaml": pod]))
        let problem = reply.json.at("diagnostics.0")
        #expect(problem.at("at.file").stringValue == "policies/main.rego")
        #expect(problem.at("at.range.start").written == #"{"column":9,"line":4}"#)
        #expect(problem.at("hint").stringValue == "did you mean sprintf?")
        #expect(problem.at("fix.text").stringValue == "sprintf")
        #expect(problem.at("fix.at.range").written == #"{"end":{"column":15,"line":4},"start":{"column":9,"line":4}}"#)
        #expect(reply.json.at("violations").count == 0)
        #expect(reply.json.at("summary.nothingEvaluated").stringValue == "the policies do not compile")
    }

    @Test func brokenInputsAndDataAreNamed() async throws {
        let reply = try await evaluate(
            body(
                policies: ["main.rego": privileged], inputs: ["bad.yaml": "a: [1\nb: 2\n", "pod.yaml": pod],
                data: ["data.yaml": "- 1\n"]))
        let files = Set(reply.json.at("diagnostics").items.compactMap { $0.at("at.file").stringValue })
        #expect(files == ["inputs/bad.yaml", "data/data.yaml"])
        #expect(reply.json.at("violations").count == 3)
    }

    @Test func columnsCountUTF16() async throws {
        let policy = "package main\n\ndeny contains \"🦊 é\" if input.metadata.labels[\"🦊\"] == \"x\"\n"
        let input = "apiVersion: v1\nkind: Pod\nmetadata: {labels: {🦊: x}}\n"
        let reply = try await evaluate(body(policies: ["main.rego": policy], inputs: ["pod.yaml": input]))
        #expect(reply.json.at("violations.0.at.range.start").written == #"{"column":25,"line":3}"#)
        #expect(reply.json.at("violations.0.ruleAt.range.end").written == #"{"column":59,"line":3}"#)
    }

    @Test func printCoverageTraceAndProfile() async throws {
        let policy = """
            package main

            deny contains msg if {
            	print("kind is", input.kind)
            	privileged[msg]
            }

            privileged contains c.name if {
            	some c in input.spec.containers
            	c.securityContext.privileged
            }

            warn contains "never" if {
            	input.kind == "Service"
            	input.spec.type == "NodePort"
            }
            """
        let options: [(String, JSON)] = [
            ("options", .object([("coverage", .bool(true)), ("trace", .bool(true)), ("profile", .bool(true))]))
        ]
        let reply = try await evaluate(body(policies: ["main.rego": policy], inputs: ["pod.yaml": pod], options))
        #expect(reply.json.at("output").written == #"[{"resource":0,"text":"kind is Pod"}]"#)
        #expect(reply.json.at("coverage.files.0.notCovered").written == "[15]")
        let trace = reply.json.at("trace.nodes")
        #expect(trace.count == 2)
        #expect(trace.at("0.text").stringValue == "deny contains msg if {")
        #expect(trace.at("0.outcome").isTrue)
        // The rule that the second expression asks for hangs below it, with what its variables are.
        // What `print` evaluates on its own stands below it, too.
        let called = trace.at("0.children").items.flatMap { $0.at("children").items }
            .filter { $0.at("kind").stringValue == "rule" }
        #expect(called.map { $0.at("text").stringValue } == ["privileged contains c.name if {"])
        let last = called.first?.at("children").items.last ?? .undefined
        #expect(last.at("outcome").isFalse)
        #expect(last.at("bindings.0.value").stringValue == #"{"image": "side:1.0", "name": "side"}"#)
        #expect(trace.at("1.outcome").isFalse)
        let rules = Set(reply.json.at("profile.rules").items.compactMap { $0.at("rule").stringValue })
        #expect(rules == ["data.main.deny", "data.main.privileged", "data.main.warn"])
    }

    /// The first operand starts where its comparison does, and is passed when the comparison is reached.
    @Test func traceFollowsAnOperandIntoItsComparison() async throws {
        let policy = "package main\n\ndeny contains \"few\" if input.spec.replicas < 2\n"
        let input = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 1}\n"
        let options: [(String, JSON)] = [("options", .object([("trace", .bool(true))]))]
        let reply = try await evaluate(body(policies: ["main.rego": policy], inputs: ["web.yaml": input], options))
        let parts = reply.json.at("trace.nodes.0.children").items
        #expect(parts.first?.at("text").stringValue == "input.spec.replicas")
        #expect(parts.allSatisfy { $0.at("outcome").isTrue })
    }

    @Test(arguments: [
        ("input.request.operation == \"DELETE\"", "DELETE", true), ("input.request.operation == \"DELETE\"", "CREATE", false),
        ("input.request.userInfo.username == \"jane\"", "CREATE", true), ("input.request.namespace == \"store\"", "CREATE", true),
        ("input.requestObject.x", "CREATE", false), ("input.review.object.metadata.name == \"shop\"", "UPDATE", true),
        ("input.request.resource.resource == \"pods\"", "CREATE", true),
    ])
    func admissionStyles(condition: String, operation: String, isDenied: Bool) async throws {
        let policy = "package main\n\ndeny contains \"no\" if \(condition)\n"
        let admission: JSON = .object([("operation", .string(operation)), ("user", .string("jane"))])
        let reply = try await evaluate(
            body(
                policies: ["main.rego": policy], inputs: ["pod.yaml": pod], [("options", .object([("admission", admission)]))]))
        #expect(reply.json.at("violations").count == (isDenied ? 1 : 0))
        #expect(reply.json.at("admission.0.allowed").isTrue == !isDenied)
        #expect(reply.json.at("admission.0.request.request.operation").stringValue == operation)
        let uid = reply.json.at("admission.0.request.request.uid")
        #expect(reply.json.at("admission.0.response.response.uid") == uid)
        if isDenied {
            #expect(reply.json.at("admission.0.response.response.status.message").stringValue == "[main.deny] no")
        }
    }

    @Test func gatekeeperParametersAndPlaces() async throws {
        let policy = """
            package labels

            violation contains {"msg": msg, "details": {"missing": missing}} if {
            	provided := {label | some label, _ in input.review.object.metadata.labels}
            	missing := {label | some label in input.parameters.labels} - provided
            	count(missing) > 0
            	msg := sprintf("labels %v", [missing])
            }
            """
        let reply = try await evaluate(
            body(
                policies: ["labels.rego": policy], inputs: ["pod.yaml": pod], parameters: "labels: [team]\n"))
        #expect(reply.json.at("violations.0.message").stringValue == #"labels {"team"}"#)
        #expect(reply.json.at("violations.0.details").written == #"{"details":{"missing":["team"]}}"#)
    }

    @Test func reviewsAreUnpackedForPoliciesOfObjects() async throws {
        let review =
            #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u-1","operation":"CREATE","object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","securityContext":{"privileged":true}}]}}}}"#
        let reply = try await evaluate(body(policies: ["main.rego": privileged], inputs: ["review.json": review]))
        #expect(reply.json.at("violations.0.pointer").stringValue == "/spec/containers/0/resources")
        #expect(reply.json.at("violations.1.pointer").stringValue == "/spec/containers/0/securityContext/privileged")
        #expect(reply.json.at("admission.0.response.response.uid").stringValue == "u-1")
    }

    @Test func otherDocumentsAreInputToo() async throws {
        let policy = "package main\n\ndeny contains \"no\" if input.user == \"eve\"\n\nallow if input.user == \"jane\"\n"
        let reply = try await evaluate(body(policies: ["main.rego": policy], inputs: ["in.json": #"{"user": "eve"}"#]))
        #expect(reply.json.at("violations.0.pointer").stringValue == "/user")
    }

    @Test func withoutPoliciesNothingIsProven() async throws {
        let reply = try await evaluate(
            body(policies: ["main.rego": "package main\n\nallow := true\n"], inputs: ["pod.yaml": pod]))
        #expect(reply.json.at("summary.nothingEvaluated").stringValue == "no rule is called deny, violation or warn")
        #expect(reply.json.at("values.0.value").isTrue)
        let none = try await evaluate(body(policies: ["main.rego": privileged]))
        #expect(none.json.at("summary.nothingEvaluated").stringValue == "there is no input")
    }

    @Test func queriesKnowImportsAndRules() async throws {
        let library = "package lib\n\nshout(text) := upper(text)\n"
        let policy = "package main\n\nimport data.lib\n\nkinds := {input.kind}\n"
        let client = try Client()
        let files = ["main.rego": policy, "lib.rego": library]
        let reply = try await client.post(
            "/api/query",
            body(
                policies: files, inputs: ["pod.yaml": pod],
                [
                    ("query", .string("lib.shout(input.metadata.name)")), ("file", .string("policies/main.rego")),
                ]))
        #expect(reply.json.at("rows.0.expressions.0.value").stringValue == "SHOP")
        let rule = try await client.post(
            "/api/query",
            body(
                policies: files, inputs: ["pod.yaml": pod],
                [
                    ("query", .string("some kind in kinds")), ("file", .string("policies/main.rego")),
                ]))
        #expect(rule.json.at("rows.0.bindings.0.value").stringValue == "Pod")
        let bad = try await client.post(
            "/api/query", body(policies: files, inputs: ["pod.yaml": pod], [("query", .string("1 +"))]))
        #expect(bad.json.at("diagnostics.0.at.file").stringValue == "<query>")
    }

    /// What is inside `not`, `every` and comprehensions stands below it, and each row is true.
    @Test func traceTellsOfInnerBodies() async throws {
        let policy = """
            package main

            deny contains "x" if {
            \tnot input.paused
            \tnot running
            \tn := count([c | some c in input.spec.cs; c.a == 2])
            \tn == 0
            }

            running if input.state == "up"
            """
        let input = "apiVersion: v1\nkind: Thing\nmetadata: {name: a}\nspec: {cs: [{a: 1}]}\n"
        let reply = try await Client().post(
            "/api/evaluate",
            body(policies: ["main.rego": policy], inputs: ["t.yaml": input], [("options", .object([("trace", .bool(true))]))]))
        func rows(_ nodes: [Value], _ depth: Int = 0) -> [String] {
            nodes.flatMap { node -> [String] in
                let sign = node.at("outcome").isTrue ? "+" : "-"
                let own = String(repeating: "  ", count: depth) + "\(sign) \(node.at("text").stringValue ?? "")"
                return [own] + rows(node.at("children").items, depth + 1)
            }
        }
        let seen = rows(reply.json.at("trace.nodes").items)
        let expected = [
            "+ deny contains \"x\" if {", "  + not input.paused", "    - input.paused", "  + not running", "    - running",
            "      - running if input.state == \"up\"", "        - input.state == \"up\"",
        ]
        #expect(Array(seen.prefix(expected.count)) == expected, "\(seen.joined(separator: "\n"))")
        #expect(seen.contains { $0.hasSuffix("- c.a == 2") } && !seen.contains { $0.hasSuffix("+ c.a == 2") })
    }

    /// Names that no object has, in each form of input, and what must be left alone.
    @Test(arguments: [
        ("some c in input.spec.template.spec.contaners", "contaners", "containers"),
        ("some c in input.request.object.spec.template.spec.contaners", "contaners", "containers"),
        ("some c in input.review.object.spec.template.spec.contaners", "contaners", "containers"),
        ("some c in input[_].contents.spec.template.spec.contaners", "contaners", "containers"),
        ("some c in input.spec.template.spec.containers\n\tc.imge == 1", "imge", "image"),
        ("pod := input.spec.template.spec\n\tpod.containers[0].securityContext.privilged", "privilged", "privileged"),
        ("input.metadata.lables.app", "lables", "labels"),
        ("input[\"metdata\"]", "metdata", "metadata"),
        ("input.spec.template.spec.containers", nil, nil),
        ("input.metadata.labels.ap", nil, nil),
        ("input.spec.somethingElse", nil, nil),
        ("x := \"input.spec.replcas\" # input.spec.replcas\n\tx", nil, nil),
        ("input.spec.own", nil, nil),
    ])
    func fieldsThatNoObjectHasAreSuggested(_ body: String, _ written: String?, _ meant: String?) async throws {
        let policy = "package main\n\ndeny contains 1 if {\n\t\(body)\n}\n"
        let input = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: a, labels: {app: a}}
            spec: {replicas: 1, own: {}}
            """
        let reply = try await Client().post(
            "/api/evaluate", PlaygroundTests.body(policies: ["main.rego": policy], inputs: ["d.yaml": input]))
        let found = reply.json.at("diagnostics").items.filter { $0.at("code").stringValue == "unknown_field" }
        guard let written, let meant else {
            #expect(found.isEmpty, "\(body): \(reply.json.at("diagnostics").written)")
            return
        }
        let message = "no known object has \"\(written)\" here; did you mean \"\(meant)\"?"
        #expect(found.map { $0.at("message").stringValue } == [message])
        #expect(found.first?.at("severity").stringValue == "warning")
    }
}
