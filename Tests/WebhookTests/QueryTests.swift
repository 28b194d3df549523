import Foundation
import NIOHTTP1
import Testing
@testable import Webhook

/// OPA's REST API for queries, and what it shows of policies, configuration and status.
struct QueryTests {
    typealias Case = DataTests.Case

    static let cases: [Case] = [
        Case(method: .GET, target: "/v1/query?q=x%20%3D%20data.app.limits.cpu%5B_%5D", answer: #"{"result":[{"x":1},{"x":2}]}"#),
        Case(
            target: "/v1/query", body: #"{"query":"data.app.allow = x","input":{"user":"ann"}}"#,
            answer: #"{"result":[{"x":true}]}"#),
        Case(target: "/v1/query", body: #"{"query":"data.app.allow == true"}"#, answer: #"{"result":[{}]}"#),
        Case(target: "/v1/query", body: #"{"query":"data.app.allow = true"}"#, answer: "{}"),
        Case(target: "/v1/query", body: #"{"query":"input.n = x","input":{"n":3}}"#, answer: #"{"result":[{"x":3}]}"#),
        Case(
            target: "/v1/query", body: "{}", status: 400,
            answer: #"{"code":"invalid_parameter","message":"missing query: give it as q= or in the body as query"}"#),
        Case(
            target: "/v1/query", body: #"{"query":"x ="}"#, status: 400,
            answer:
                #"{"code":"invalid_parameter","message":"error(s) occurred while compiling module(s)","errors":[{"code":"rego_parse_error""#
        ),
        Case(
            target: "/v1/compile", body: #"{"query":"data.app.roles[x] = \"dev\""}"#,
            answer: #"{"result":{"queries":[[{"terms":[{"type":"ref","value":[{"type":"var","value":"eq"}]},"#),
        Case(target: "/v1/compile", body: #"{"query":"data.app.limits.cpu[0] == 1"}"#, answer: #"{"result":{"queries":[[]]}}"#),
        Case(target: "/v1/compile", body: #"{"query":"data.app.limits.cpu[0] == 9"}"#, answer: #"{"result":{}}"#),
        Case(
            target: "/v1/compile", body: #"{"query":"data.app.allow = true","unknowns":[],"input":{"user":"ann"}}"#,
            answer: #"{"result":{"queries":[[]]}}"#),
        Case(
            target: "/v1/compile", body: #"{"query":"x","unknowns":["other"]}"#, status: 400,
            answer: #"{"code":"invalid_parameter","message":"unknowns: a path begins with input or data"}"#),
        Case(
            target: "/v1/compile", body: "[]", status: 400,
            answer: #"{"code":"invalid_parameter","message":"the body must be a JSON object"}"#),
    ]

    @Test(arguments: cases)
    func answers(_ example: Case) throws {
        let answer = try #require(try Self.answer(example, in: DataTests.served()))
        #expect(answer.status.code == example.status)
        let text = String(decoding: answer.body, as: UTF8.self).trimmingCharacters(in: .newlines)
        #expect(example.answer.last == "}" ? text == example.answer : text.hasPrefix(example.answer))
    }

    @Test func ruleLabels() throws {
        let served = try ServedPolicies(["app.rego": "package app\n\n# METADATA\n# labels: {team: a}\nallow := true\n"])
        func text(_ query: String) throws -> String {
            let answer = try #require(try Self.answer(Case(method: .GET, target: "/v1/query?q=\(query)", answer: ""), in: served))
            return String(decoding: answer.body, as: UTF8.self).trimmingCharacters(in: .newlines)
        }
        #expect(try text("x=data.app.allow&rule_labels=true") == #"{"result":[{"x":true}],"rule_labels":[{"team":"a"}]}"#)
        #expect(try text("x=data.app.allow") == #"{"result":[{"x":true}]}"#)
        #expect(try text("x=1&rule_labels=true") == #"{"result":[{"x":1}]}"#)
    }

    @Test func policies() throws {
        let served = try DataTests.served()
        func json(_ target: String) throws -> Any {
            let answer = try #require(try Self.answer(Case(method: .GET, target: target, answer: ""), in: served))
            #expect(answer.status == .ok)
            return try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])["result"] as Any
        }
        let list = try #require(try json("/v1/policies") as? [[String: Any]])
        #expect(list.count == 2)
        let first = try #require(list.first), id = try #require(first["id"] as? String)
        #expect((first["ast"] as? [String: Any])?["rules"] != nil)
        let name = try #require(id.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let one = try #require(try json("/v1/policies/\(name)") as? [String: Any])
        #expect(one["raw"] as? String == first["raw"] as? String)
        #expect(try (json("/v1/config") as? [String: Any])?["default_decision"] as? String == "/system/main")
        let status = try #require(try json("/v1/status") as? [String: Any])
        #expect(((status["plugins"] as? [String: Any])?["bundle"] as? [String: Any])?["state"] as? String == "OK")
        let none = try Self.answer(Case(method: .GET, target: "/v1/policies/none", answer: ""), in: served)
        #expect(none?.status == .notFound)
        #expect(try Self.answer(Case(method: .PUT, target: "/v1/policies/none", answer: ""), in: served) == nil)
    }

    static func answer(_ example: Case, in served: ServedPolicies) throws -> ServerResponse? {
        var router = Router()
        router.add(QueryController(holder: served.holder).routes)
        router.add(PolicyController(holder: served.holder).routes)
        let request = ServedPolicies.request(
            example.method, example.target, body: example.body, headers: ["Content-Type": example.type])
        guard case .route(let route) = router.match(example.method, request.path) else { return nil }
        switch route.work {
        case .immediate(let work): return work(request)
        case .evaluation(let evaluate):
            var state = WorkerState()
            if evaluate(request, .quick, &state) != nil { Issue.record("queries are compiled on the quick lane") }
            return evaluate(request, .patient, &state)
        }
    }
}
