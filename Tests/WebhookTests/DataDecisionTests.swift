import Documents
import Foundation
import NIOHTTP1
import Synchronization
import Testing

@testable import Webhook

/// What decisions of `/v1/data` look like in the log.
struct DataDecisionTests {
    private final class Kept: DecisionSink {
        let list = Mutex<[Decision]>([])
        func record(_ decision: Decision) { list.withLock { $0.append(decision) } }
    }

    static let policy = """
        package app
        allow if input.user == "ann"
        """
    static let mask = """
        package system.log
        mask contains "/input/password"
        mask contains {"op": "upsert", "path": "/input/request/userInfo/username", "value": "**"}
        """

    private static func event(_ target: String, _ body: String, served: ServedPolicies) throws -> [String: Any] {
        let kept = Kept()
        var state = WorkerState()
        if target.hasPrefix("/v1/admit") {
            let controller = AdmissionController(
                holder: served.holder, metrics: served.metrics, logger: ServedPolicies.logger, sink: kept)
            _ = controller.answer(ServedPolicies.request(.POST, target, body: body), .patient, &state)
        } else {
            let controller = DataController(holder: served.holder, sink: kept)
            let style: DataController.Style = target.hasPrefix("/v0") ? .plain : .wrapped
            let steps = target.split(separator: "/").dropFirst(2).map(String.init)
            _ = controller.answer(ServedPolicies.request(.POST, target, body: body), steps, style, .patient, &state)
        }
        let decision = try #require(kept.list.withLock { $0.first })
        var events = DecisionEvents(labels: [])
        let text = try #require(try events.text(of: decision, rules: served.holder.current?.documents))
        return try #require(try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any])
    }

    @Test(arguments: [
        ("/v1/data/app/allow", #"{"input":{"user":"ann","password":"hunter2"}}"#),
        ("/v0/data/app/allow", #"{"user":"ann","password":"hunter2"}"#),
    ])
    func inputIsOPAs(target: String, body: String) throws {
        let served = try ServedPolicies(["app.rego": Self.policy, "mask.rego": Self.mask])
        let event = try Self.event(target, body, served: served)
        let input = try #require(event["input"] as? [String: Any])
        #expect(input["user"] as? String == "ann" && input["password"] == nil)
        #expect(event["erased"] as? [String] == ["/input/password"])
        #expect(event["result"] as? Bool == true)
        #expect(event["path"] as? String == "app/allow")
    }

    @Test func admissionIsMaskedToo() throws {
        let served = try ServedPolicies(["app.rego": AdmissionControllerTests.conftest, "mask.rego": Self.mask])
        let body = ServerTests.body(AdmissionControllerTests.request("CREATE", object: AdmissionControllerTests.pod()))
        let event = try Self.event("/v1/admit", body, served: served)
        let request = (event["input"] as? [String: Any])?["request"] as? [String: Any]
        #expect((request?["userInfo"] as? [String: Any])?["username"] as? String == "**")
    }
}
