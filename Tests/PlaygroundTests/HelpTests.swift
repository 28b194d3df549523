import Documents
import Testing

@testable import Playground

/// In each policy `‸` is the place that is asked about.
@Suite struct HelpTests {
    private static let deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web, "team-x": a}}
        spec:
          template:
            spec:
              containers: [{name: web, image: web:1}]
        """

    private func ask(
        _ path: String, _ marked: String, others: [String: String] = [:], settings: String = ""
    ) async throws -> Value {
        let lines = marked.split(separator: "‸", omittingEmptySubsequences: false)[0].split(
            separator: "\n", omittingEmptySubsequences: false)
        let position: JSON = .object([("line", .int(lines.count)), ("column", .int((lines.last?.utf16.count ?? 0) + 1))])
        var files = others
        files["main.rego"] = marked.replacing("‸", with: "")
        let reply = try await Client().post(
            path,
            body(
                policies: files, inputs: ["d.yaml": Self.deployment],
                [
                    ("file", .string("policies/main.rego")), ("position", position),
                    ("configuration", .string(settings)),
                ]))
        #expect(reply.status == 200, "\(reply.text)")
        return Self.kept(reply)
    }

    /// The reply lives as long as the test.
    private static func kept(_ reply: Reply) -> Value {
        _ = Unmanaged.passRetained(reply.document)
        return reply.json
    }

    @Test(arguments: [
        ("deny contains 1 if input.sp‸", ["spec"], "field"),
        ("deny contains 1 if input.spec.repl‸", ["replicas"], "field"),
        ("deny contains 1 if input.spec.template.spec.containers[_].ima‸", ["image", "imagePullPolicy"], "field"),
        (
            "deny contains 1 if {\n\tsome c in input.spec.template.spec.containers\n\tc.securityContext.priv‸", ["privileged"],
            "field"
        ),
        (
            "deny contains 1 if {\n\tpod := input.spec.template.spec\n\tsome c in pod.containers\n\tevery p in c.ports { p.cont‸",
            ["containerPort"], "field"
        ),
        (
            "deny contains 1 if input.spec.template.spec.containers[_].resources.limits.me‸", ["memory"], "field"
        ),
        ("deny contains 1 if input.spec.template.spec.topologySpreadConstraints[_].nodeTaintsP‸", ["nodeTaintsPolicy"], "field"),
        ("deny contains 1 if input.metadata.labels.te‸", ["team-x"], "field"),
        ("deny contains 1 if input.request.userInfo.us‸", ["username"], "field"),
        ("deny contains 1 if input.request.object.spec.repl‸", ["replicas"], "field"),
        ("deny contains 1 if input.review.object.metadata.name‸", ["name", "namespace"], "field"),
        ("deny contains 1 if strings.rev‸", ["reverse"], "builtin"),
        ("deny contains 1 if startsw‸", ["startswith"], "builtin"),
        ("import data.li‸", ["lib", "lintel"], "package"),
        ("import data.lib\n\ndeny contains 1 if lib.sh‸", ["shout"], "function"),
        ("helper_of_mine := 1\n\ndeny contains 1 if helper_‸", ["helper_of_mine"], "rule"),
        ("deny contains 1 if {\n\tsome container in input.x\n\tcontai‸", ["container"], "variable"),
    ])
    func completion(text: String, wanted: [String], kind: String) async throws {
        let answer = try await ask(
            "/api/complete", "package main\n\n\(text)", others: ["lib.rego": "package lib\n\nshout(text) := upper(text)\n"])
        let items = answer.at("items").items.filter { $0.at("kind").stringValue == kind }
        let labels = items.compactMap { $0.at("label").stringValue }
        for name in wanted { #expect(labels.contains(name), "\(text): \(labels.prefix(10))") }
    }

    @Test func completionReplacesTheLastName() async throws {
        let answer = try await ask("/api/complete", "package main\n\nx := input.spec.repl‸")
        #expect(answer.at("replace").written == #"{"end":{"column":21,"line":3},"start":{"column":17,"line":3}}"#)
    }

    @Test(arguments: ["package main\n\n# input.sp‸", "package main\n\nx := \"input.sp‸\""])
    func nothingInCommentsAndStrings(text: String) async throws {
        #expect(try await ask("/api/complete", text).at("items").count == 0)
    }

    @Test(arguments: [
        ("x := input.spec.repl‸icas", "field", "replicas: integer", "How many pods; 1 when missing."),
        (
            "x := input.spec.strategy.rollingUpdate.maxSur‸ge", "field", "maxSurge: integer or string",
            "Pods above the wanted number, a number or percentage."
        ),
        (
            "x := input.spec.template.spec.dnsPo‸licy", "field", "dnsPolicy: string",
            "ClusterFirst, Default, ClusterFirstWithHostNet or None."
        ),
        ("x := input.kin‸d", "field", "kind: string", "What the object is, such as Deployment. In the input: \"Deployment\"."),
        (
            "x := start‸swith(\"a\", \"b\")", "builtin", "startswith(text: string, search: string) → boolean",
            "Whether the text starts with the other one."
        ),
        (
            "# Says it loudly.\nshout(text) := upper(text)\n\nx := sho‸ut(\"a\")", "function", "data.main.shout(text)",
            "Says it loudly."
        ),
        ("deny contains 1 i‸f true", "keyword", "if", "The conditions under which the rule holds."),
    ])
    func hover(text: String, kind: String, title: String, sentence: String) async throws {
        let hover = try await ask("/api/hover", "package main\n\n\(text)").at("hover")
        #expect(hover.at("kind").stringValue == kind)
        #expect(hover.at("title").stringValue == title)
        #expect(hover.at("text").stringValue == sentence)
    }

    /// Sidecars' `restartPolicy` came with 1.28.
    @Test(arguments: [("1.27", false), ("1.33", true)])
    func fieldsAreThoseOfTheRelease(release: String, isKnown: Bool) async throws {
        let answer = try await ask(
            "/api/complete", "package main\n\nx := input.spec.template.spec.initContainers[_].restartPol‸",
            settings: "kubernetesVersion: \"\(release)\"")
        #expect(answer.at("items").items.contains { $0.at("label").stringValue == "restartPolicy" } == isKnown)
    }

    @Test func hoverOverARuleLeadsToIt() async throws {
        let hover = try await ask(
            "/api/hover", "package main\n\nimport data.lib\n\nx := lib.sho‸ut(\"a\")",
            others: ["lib.rego": "package lib\n\nshout(text) := upper(text)\n"]
        ).at("hover")
        #expect(hover.at("definition.file").stringValue == "policies/lib.rego")
        #expect(hover.at("definition.range.start.line").written == "3")
    }

    @Test func nothingToSay() async throws {
        #expect(try await ask("/api/hover", "package main\n\nx := 1 ‸").at("hover").kind == .null)
    }
}
