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

    static let labelled = """
        # METADATA
        # scope: subpackages
        # labels: {team: platform, severity: none}
        package app

        # METADATA
        # labels: {severity: low}
        allow if input.user == "ann"

        # METADATA
        # labels: {severity: high}
        deny contains "late" if late

        deny contains "twice" if late

        # METADATA
        # labels: {rule: constant}
        late := true

        # METADATA
        # labels: {rule: function}
        short(x) := x + 1

        sum := short(1) + short(2)

        plain := 1
        """

    /// Labels of the rules that had a value, those of packages among them, each set once and for every request anew.
    @Test(arguments: [
        ("allow", #"{"input":{"user":"ann"}}"#, #"[{"severity":"low","team":"platform"}]"#),
        ("allow", #"{"input":{"user":"bob"}}"#, ""),
        (
            "deny", "{}",
            #"[{"rule":"constant","severity":"none","team":"platform"},{"severity":"high","team":"platform"},"#
                + #"{"severity":"none","team":"platform"}]"#
        ),
        ("sum", "{}", #"[{"rule":"function","severity":"none","team":"platform"},{"severity":"none","team":"platform"}]"#),
        ("plain", "{}", #"[{"severity":"none","team":"platform"}]"#),
    ])
    func ruleLabels(rule: String, body: String, labels: String) throws {
        let served = try ServedPolicies(["app.rego": Self.labelled])
        let kept = Kept(), controller = DataController(holder: served.holder, sink: kept)
        var state = WorkerState()
        for _ in 0..<2 {
            let request = ServedPolicies.request(.POST, "/v1/data/app/\(rule)", body: body)
            _ = controller.answer(request, ["app", rule], .wrapped, .patient, &state)
        }
        let asked = [("?rule_labels", true), ("?rule_labels=true", true), ("?rule_labels=false", false), ("", false)]
        for (parameter, isAsked) in asked {
            let request = ServedPolicies.request(.POST, "/v1/data/app/\(rule)\(parameter)", body: body)
            let answer = try #require(controller.answer(request, ["app", rule], .wrapped, .patient, &state))
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect(text.contains(#""rule_labels":\#(labels)"#) == (isAsked && !labels.isEmpty), "\(parameter): \(text)")
        }
        let decisions = kept.list.withLock { $0 }
        #expect(decisions.prefix(2).map { String(decoding: $0.ruleLabels, as: UTF8.self) } == [labels, labels])
        var events = DecisionEvents(labels: [])
        let text = String(decoding: try #require(try events.text(of: decisions[0], rules: nil)), as: UTF8.self)
        #expect(labels.isEmpty ? !text.contains("rule_labels") : text.contains(#""rule_labels":\#(labels)"#))
    }

    @Test func labelsDecideWhatIsLogged() throws {
        let drop = "package system.log\n\ndrop if input.rule_labels[_].severity == \"low\"\n"
        let served = try ServedPolicies(["app.rego": Self.labelled, "drop.rego": drop])
        let kept = Kept(), controller = DataController(holder: served.holder, sink: kept)
        var state = WorkerState(), events = DecisionEvents(labels: [])
        for rule in ["allow", "plain"] {
            let request = ServedPolicies.request(.POST, "/v1/data/app/\(rule)", body: #"{"input":{"user":"ann"}}"#)
            _ = controller.answer(request, ["app", rule], .wrapped, .patient, &state)
        }
        let documents = served.holder.current?.documents
        let texts = try kept.list.withLock { $0 }.map { try events.text(of: $0, rules: documents) }
        #expect(texts.map { $0 == nil } == [true, false])
    }

    @Test func admissionIsMaskedToo() throws {
        let served = try ServedPolicies(["app.rego": AdmissionControllerTests.conftest, "mask.rego": Self.mask])
        let body = ServerTests.body(AdmissionControllerTests.request("CREATE", object: AdmissionControllerTests.pod()))
        let event = try Self.event("/v1/admit", body, served: served)
        let request = (event["input"] as? [String: Any])?["request"] as? [String: Any]
        #expect((request?["userInfo"] as? [String: Any])?["username"] as? String == "**")
    }
}
