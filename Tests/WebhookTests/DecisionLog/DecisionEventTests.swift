import Diagnostics
import Documents
import Foundation
import Testing

@testable import Webhook

/// Events as OPA writes them, with what must stay secret taken out.
@Suite struct DecisionEventTests {
    private static let main = "package main\n\ndeny contains \"no\" if input.kind == \"Never\"\n"

    private func event(
        _ input: String, result: String = #"{"allowed":true}"#, rules: String? = nil, change: (inout Decision) -> Void = { _ in }
    ) throws -> [String: Any]? {
        var modules = ["main.rego": Self.main]
        if let rules { modules["log.rego"] = "package system.log\n\n\(rules)\n" }
        let served = try ServedPolicies(modules)
        let document = try JSONReader.read(SourceFile(path: "input", text: input))
        var decision = Decision(
            id: "d-1", timestamp: 1_767_225_600_123_456_789, path: "lintel/admit", input: document, result: Array(result.utf8),
            requestedBy: "192.0.2.1:443")
        change(&decision)
        var events = DecisionEvents(labels: [("id", "x"), ("version", "1")])
        guard let text = try events.text(of: decision, rules: served.holder.current?.documents) else { return nil }
        return try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any]
    }

    @Test func members() throws {
        let event = try #require(
            try event(#"{"kind": "Pod"}"#) { decision in
                decision.traceID = "4bf92f3577b34da6a3ce929d0e0e4736"
                decision.bundles = ["authz": "r1"]
                decision.metrics = [("timer_rego_query_eval_ns", 42)]
            })
        #expect(event["labels"] as? [String: String] == ["id": "x", "version": "1"])
        #expect(event["decision_id"] as? String == "d-1")
        #expect(event["trace_id"] as? String == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(event["span_id"] == nil)
        #expect((event["bundles"] as? [String: [String: String]])?["authz"] == ["revision": "r1"])
        #expect(event["path"] as? String == "lintel/admit")
        #expect(event["input"] as? [String: String] == ["kind": "Pod"])
        #expect(event["result"] as? [String: Bool] == ["allowed": true])
        #expect(event["requested_by"] as? String == "192.0.2.1:443")
        #expect(event["timestamp"] as? String == "2026-01-01T00:00:00.123456789Z")
        #expect(event["metrics"] as? [String: Int] == ["timer_rego_query_eval_ns": 42])
        #expect(event["req_id"] as? Int == 1)
        #expect(event["erased"] == nil)
    }

    /// Whatever the form of the input, nothing of a Secret gets into the log.
    @Test(arguments: [
        #"{"request": {"object": SECRET, "oldObject": SECRET}}"#, "SECRET", #"{"review": [{"deep": SECRET}]}"#,
        #"{"kind": "SecretList", "items": [SECRET]}"#,
    ])
    func secrets(_ shape: String) throws {
        let secret = #"""
            {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "tls", "annotations": {"keep": "me",
            "kubectl.kubernetes.io/last-applied-configuration": "{\"data\":{\"a\":\"hunter2\"}}"}},
            "data": {"a/b": "hunter2"}, "stringData": {"password": "hunter2"}}
            """#
        let event = try #require(try event(shape.replacingOccurrences(of: "SECRET", with: secret)))
        let text = String(
            decoding: try JSONSerialization.data(withJSONObject: event, options: .withoutEscapingSlashes), as: UTF8.self)
        #expect(!text.contains("hunter2"))
        #expect(text.contains(#""keep":"me""#))
        let erased = try #require(event["erased"] as? [String])
        #expect(erased.contains { $0.hasSuffix("/data/a~1b") })
        #expect(erased.contains { $0.hasSuffix("/stringData/password") })
        #expect(erased.contains { $0.hasSuffix("/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration") })
    }

    @Test func malformedSecret() throws {
        let event = try #require(try event(#"{"kind": "Secret", "data": "hunter2", "stringData": ["hunter2"]}"#))
        #expect(event["input"] as? [String: String] == ["kind": "Secret"])
    }

    @Test func masks() throws {
        let rules = """
            mask contains "/input/password"
            mask contains "/input/list/1"
            mask contains "/input/missing"
            mask contains {"op": "upsert", "path": "/input/user/name", "value": "**"} if input.input.user.name
            mask contains {"op": "remove", "path": "/result/allowed"}
            """
        let event = try #require(
            try event(#"{"password": "p", "list": [1, 2, 3], "user": {"name": "eve", "id": 7}}"#, rules: rules))
        let input = try #require(event["input"] as? [String: Any])
        #expect(input["password"] == nil)
        #expect(input["list"] as? [Int] == [1, 3])
        #expect((input["user"] as? [String: Any])?["name"] as? String == "**")
        #expect((input["user"] as? [String: Any])?["id"] as? Int == 7)
        #expect((event["result"] as? [String: Any])?.isEmpty == true)
        #expect(event["erased"] as? [String] == ["/input/list/1", "/input/password", "/result/allowed"])
        #expect(event["masked"] as? [String] == ["/input/user/name"])
    }

    @Test func wholeInput() throws {
        let event = try #require(try event(#"{"a": 1}"#, rules: "mask contains \"/input\""))
        #expect(event["input"] == nil)
        #expect(event["erased"] as? [String] == ["/input"])
    }

    @Test func drop() throws {
        let rules = "drop if input.input.kind == \"Lease\""
        #expect(try event(#"{"kind": "Lease"}"#, rules: rules) == nil)
        #expect(try event(#"{"kind": "Pod"}"#, rules: rules) != nil)
    }

    /// What cannot be masked is not logged.
    @Test(arguments: [
        "mask contains \"/labels\"", "mask contains 7", "mask contains {\"op\": \"move\", \"path\": \"/input/a\"}",
        "mask := \"/input\"",
        "mask contains x if x := [y | some y in numbers.range(1, 100000000)][0]",
    ])
    func brokenMasks(_ rules: String) throws {
        #expect(throws: LogRules.Failure.self) { try event(#"{"a": 1}"#, rules: rules) }
    }
}
