import Foundation
import NIOCore
import NIOHTTP1
import Testing

@testable import Webhook

/// `POST /v1/audit` as an API server's audit webhook calls it.
@Suite struct AuditControllerTests {
    private let served: ServedPolicies
    private let controller: AuditController

    init() throws {
        served = try ServedPolicies(["main.rego": "package main\n\ndeny contains \"everything\"\n"], builtin: true)
        controller = AuditController(holder: served.holder, metrics: served.metrics, logger: ServedPolicies.logger)
    }

    private func answer(_ body: String) -> ServerResponse {
        controller.answer(
            ServerRequest(
                method: .POST, path: "/v1/audit", query: "", headers: [:], body: ByteBuffer(string: body), remoteAddress: "",
                arrival: 0,
                deadline: .max))
    }

    private func event(_ id: String, _ stage: String, resource: String = "secrets") -> String {
        #"{"auditID":"\#(id)","stage":"\#(stage)","verb":"get","user":{"username":"alice"},"objectRef":{"resource":"\#(resource)"},"#
            + #""responseStatus":{"code":200}}"#
    }

    private func list(_ events: String...) -> String {
        #"{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":[\#(events.joined(separator: ","))]}"#
    }

    private func count(_ line: String) -> Bool { served.metrics.registry.text().split(separator: "\n").contains(Substring(line)) }

    @Test func batches() {
        let answer = answer(
            list(event("a", "RequestReceived"), event("a", "ResponseComplete"), event("b", "ResponseComplete", resource: "pods")))
        #expect(answer.status == .ok)
        #expect(count("lintel_audit_events_total 3"))
        #expect(count(#"lintel_audit_violations_total{policy="LT-AUD-002"} 1"#))
        // The same event again, as the API server sends it when an answer was lost.
        #expect(self.answer(list(event("a", "ResponseComplete"))).status == .ok)
        #expect(count(#"lintel_audit_violations_total{policy="LT-AUD-002"} 1"#))
        // The user's policy is about objects: it does not judge events.
        #expect(!served.metrics.registry.text().contains(#"lintel_audit_violations_total{policy="main.deny"}"#))
    }

    @Test func emptyBatch() { #expect(answer(list()).status == .ok) }

    @Test(arguments: [
        "", "{", "[]", "null", #"{"apiVersion":"v1","kind":"PodList","items":[]}"#, #"{"apiVersion":"v1","kind":"Pod"}"#,
    ])
    func badBodies(_ body: String) { #expect(answer(body).status == .badRequest) }

    @Test func withoutPolicies() throws {
        let served = try ServedPolicies(["main.rego": "package main\n\ndeny contains \"everything\"\n"])
        let controller = AuditController(holder: served.holder, metrics: served.metrics, logger: ServedPolicies.logger)
        let request = ServerRequest(
            method: .POST, path: "/v1/audit", query: "", headers: [:], body: ByteBuffer(string: list()), remoteAddress: "",
            arrival: 0,
            deadline: .max)
        #expect(controller.answer(request).status == .notFound)
    }
}
