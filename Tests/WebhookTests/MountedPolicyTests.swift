import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing
@testable import Webhook

/// `lintel serve` with ConstraintTemplates and constraints in a mounted ConfigMap, which the kubelet replaces as a whole.
@Suite(.serialized) struct MountedPolicyTests {
    private static let template = """
        apiVersion: templates.gatekeeper.sh/v1
        kind: ConstraintTemplate
        metadata: {name: needslabel}
        spec:
          crd:
            spec:
              names: {kind: NeedsLabel}
              validation:
                openAPIV3Schema: {type: object, properties: {label: {type: string}}}
          targets:
            - target: admission.k8s.gatekeeper.sh
              rego: |
                package needslabel

                violation[{"msg": msg}] {
                  not input.review.object.metadata.labels[input.parameters.label]
                  msg := sprintf("%v has no label %v", [input.review.object.kind, input.parameters.label])
                }
        """

    private static func constraint(_ label: String, name: String = "labels", action: String = "deny") -> String {
        """
        apiVersion: constraints.gatekeeper.sh/v1beta1
        kind: NeedsLabel
        metadata: {name: \(name)}
        spec:
          enforcementAction: \(action)
          match: {kinds: [{apiGroups: [""], kinds: [Pod]}]}
          parameters: {label: \(label)}
        """
    }

    private static let pod = ServerTests.body(
        AdmissionControllerTests.request("CREATE", object: AdmissionControllerTests.pod()))

    private func review(_ client: HTTPClient, _ port: Int) async throws -> ReviewedResponse {
        var request = HTTPClientRequest(url: "https://localhost:\(port)/v1/admit?timeout=5s")
        request.method = .POST
        request.headers = ["Content-Type": "application/json"]
        request.body = .bytes(Array(Self.pod.utf8), length: .known(Int64(Self.pod.utf8.count)))
        let response = try await client.execute(request, timeout: .seconds(10))
        let body = try await response.body.collect(upTo: 1 << 20)
        return try ReviewedResponse(Array(body.readableBytesView))
    }

    /// The answer as soon as it is what is waited for; else the last one.
    private func review(
        _ client: HTTPClient, _ port: Int, until isMet: (ReviewedResponse) -> Bool
    ) async throws -> ReviewedResponse {
        let end = Date() + 15
        while true {
            let answer = try await review(client, port)
            if isMet(answer) || Date() > end { return answer }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func readiness(_ client: HTTPClient, _ port: Int) async throws -> String {
        let request = HTTPClientRequest(url: "https://localhost:\(port)/readyz?verbose")
        let response = try await client.execute(request, timeout: .seconds(5))
        return String(buffer: try await response.body.collect(upTo: 1 << 20))
    }

    @Test func areJudgedByAndReplacedTogether() async throws {
        let volume = try MountedVolume(
            texts: ["template.yaml": Self.template, "constraint.yaml": Self.constraint("owner")])
        let program = try ProcessTests.Program(
            ["--policy", volume.url.path, "--gatekeeper-messages"],
            policy: "package main\n\ndeny contains \"never\" if input.kind == \"Nothing\"\n", port: 18_449)
        try await program.wait(for: "listening")
        let client = try RunningServer.client()
        let first = try await review(client, program.port)
        #expect(first.isAllowed == false && first.message == "[labels] Pod has no label owner", "\(first.json)")
        #expect(try await readiness(client, program.port).contains("2 policies"))

        // Another parameter, and a file that was not there.
        try volume.publish(texts: [
            "template.yaml": Self.template, "constraint.yaml": Self.constraint("team"),
            "advice.yaml": Self.constraint("tier", name: "advice", action: "warn"),
        ])
        let second = try await review(client, program.port) { $0.message.contains("team") && !$0.warnings.isEmpty }
        #expect(second.message == "[labels] Pod has no label team", "\(second.json)")
        #expect(second.warnings == ["[advice] Pod has no label tier"], "\(second.json)")

        // What is broken is not taken over, and said.
        try volume.publish(texts: [
            "template.yaml": Self.template.replacing("violation[{", with: "violation[[{"),
            "constraint.yaml": Self.constraint("shape"),
        ])
        let failure = "reload failed, the last good policies are served: "
        try await program.wait(for: "template.yaml:15:34")
        #expect(try await readiness(client, program.port).contains(failure))
        #expect(try await review(client, program.port).message == "[labels] Pod has no label team")

        // Constraints that are gone do not judge.
        try volume.publish(texts: ["template.yaml": Self.template, "advice.yaml": Self.constraint("tier", name: "advice")])
        let last = try await review(client, program.port) { $0.message.contains("tier") }
        #expect(last.message == "[advice] Pod has no label tier" && last.warnings.isEmpty, "\(last.json)")
        try await client.shutdown()
        kill(program.process.processIdentifier, SIGTERM)
        #expect(try await program.ended(within: 20) == 0)
    }
}
