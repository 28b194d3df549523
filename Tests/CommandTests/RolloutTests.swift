import Foundation
import Testing

/// `lintel rollout` as people run it.
@Suite struct RolloutTests {
    private static func decision(
        _ number: Int, namespace: String?, kind: String = "Pod", object: [String: Any], denied: [String], mode: String = "observe"
    ) -> [String: Any] {
        var request: [String: Any] = [
            "uid": "\(number)", "operation": "CREATE", "kind": ["group": "", "version": "v1", "kind": kind],
            "name": "x", "userInfo": ["username": "user-\(number % 5)"], "object": object, "dryRun": false,
        ]
        request["namespace"] = namespace
        var annotations: [String: Any] = ["evaluated": "40", "mode": mode]
        if !denied.isEmpty { annotations[mode == "enforce" ? "denied-by" : "would-be-denied-by"] = denied.joined(separator: ",") }
        return [
            "decision_id": "\(number)", "path": "lintel/admit", "timestamp": "2026-11-0\(1 + number % 9)T00:00:00Z",
            "input": ["request": request],
            "result": ["response": ["uid": "\(number)", "allowed": true, "auditAnnotations": annotations]],
        ]
    }

    private static func pod(of replicaSet: String, hash: String) -> [String: Any] {
        [
            "kind": "Pod",
            "metadata": [
                "generateName": replicaSet + "-", "labels": ["pod-template-hash": hash],
                "ownerReferences": [["kind": "ReplicaSet", "name": replicaSet, "controller": true]],
            ],
        ]
    }

    private static func lines(_ events: [[String: Any]]) throws -> String {
        try events.map { String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) + "\n" }.joined()
    }

    private static func run(_ text: String, _ arguments: [String] = []) throws -> (code: Int32, output: String) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("rollout-\(UUID().uuidString).log")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let run = try LintelRun(["rollout", file.path] + arguments)
        return (run.code, run.output)
    }

    /// Ten thousand decisions: 60 of a Deployment of shop, 30 of a chart in bank, 10 of the cluster; the rest is clean.
    private static func log() -> [[String: Any]] {
        (0..<10_000).map { number in
            switch number {
            case ..<60:
                decision(
                    number, namespace: "shop", object: pod(of: "web-5d6f", hash: "5d6f"), denied: ["LT-POD-001", "LT-IMG-001"])
            case ..<90:
                decision(
                    number, namespace: "bank", kind: "StatefulSet",
                    object: ["metadata": ["name": "db", "annotations": ["meta.helm.sh/release-name": "core"]]],
                    denied: ["LT-POD-001"])
            case ..<100:
                decision(
                    number, namespace: nil, kind: "ClusterRole", object: ["metadata": ["name": "all"]], denied: ["LT-RBAC-001"])
            default: decision(number, namespace: "shop", object: pod(of: "api-1", hash: "1"), denied: [])
            }
        }
    }

    @Test func worstFirst() throws {
        let text = try Self.lines(Self.log())
        let (code, output) = try Self.run(text, ["--format", "json"])
        #expect(code == 1)
        let json = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        #expect(json["decisions"] as? Int == 10_000)
        #expect(json["refused"] as? Int == 100)
        let namespaces = try #require(json["namespaces"] as? [[String: Any]])
        #expect(namespaces.map { $0["namespace"] as? String } == ["shop", "bank", ""])
        #expect(namespaces.map { $0["requests"] as? Int } == [60, 30, 10])
        let owners = try #require(namespaces[0]["owners"] as? [[String: Any]])
        #expect(owners.count == 1)
        #expect(owners[0]["kind"] as? String == "Deployment")
        #expect(owners[0]["name"] as? String == "web")
        #expect(owners[0]["policies"] as? [String: Int] == ["LT-POD-001": 60, "LT-IMG-001": 60])
        #expect((namespaces[1]["owners"] as? [[String: Any]])?[0]["source"] as? String == "Helm release core")
        let shown = try Self.run(text)
        #expect(shown.output.contains("10000 decisions from 2026-11-01T00:00:00Z to 2026-11-09T00:00:00Z: 100 were refused"))
        #expect(
            shown.output.contains(
                "  Deployment web: 60 requests by user-0, user-1, user-2 and others: LT-IMG-001 60, LT-POD-001 60\n"))
    }

    @Test func auditLog() throws {
        func event(_ stage: String, _ uri: String, _ annotations: [String: String]) -> [String: Any] {
            [
                "kind": "Event", "apiVersion": "audit.k8s.io/v1", "stage": stage, "auditID": "1", "requestURI": uri,
                "user": ["username": "jane"], "objectRef": ["resource": "pods", "namespace": "shop", "name": "p"],
                "annotations": annotations,
            ]
        }
        let refused = ["validate.lintel.dev/would-be-denied-by": "LT-POD-001", "validate.lintel.dev/evaluated": "4"]
        let text = try Self.lines([
            event("RequestReceived", "/api", refused), event("ResponseComplete", "/api", refused),
            event("ResponseComplete", "/api?dryRun=All", refused), event("ResponseComplete", "/api", ["other/x": "y"]),
            event("ResponseComplete", "/api", ["validate.lintel.dev/evaluated": "4"]),
        ])
        let (code, output) = try Self.run(text, ["--format", "json"])
        let json = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        #expect(code == 1)
        #expect(json["decisions"] as? Int == 2)
        #expect(json["refused"] as? Int == 1)
    }

    @Test func nobodyAndNothing() throws {
        let clean = try Self.lines([Self.decision(1, namespace: "a", object: [:], denied: [])])
        #expect(try Self.run(clean).code == 0)
        #expect(try Self.run(clean).output.contains("none was refused or would have been"))
        #expect(try Self.run("").code == 2)
        #expect(try Self.run("{\"kind\":\"Pod\"}\n").code == 2)
        #expect(try Self.run(clean + "{broken\n").code == 2)
    }

    @Test func namesMakeNoLines() throws {
        let object: [String: Any] = ["metadata": ["name": "x"]]
        let text = try Self.lines([Self.decision(1, namespace: "a\n::error::b\u{1B}[31m", object: object, denied: ["P"])])
        let output = try Self.run(text).output
        #expect(!output.contains("\n::error"))
        #expect(!output.contains("\u{1B}"))
    }
}
