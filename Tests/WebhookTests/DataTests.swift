import Foundation
import NIOHTTP1
import RegoNetwork
import Testing
@testable import Webhook

/// OPA's REST API for documents.
struct DataTests {
    static let module = """
        package app

        default allow := false
        allow if input.user == "ann"
        roles contains r if some r in data.known[input.user]
        limits := {"cpu": [1, 2]}
        undefined_rule if input.never
        clash := 1 if input.clash
        clash := 2 if input.clash
        """
    static let main = """
        package system

        main := {"response": {"allowed": input.kind == "x"}}
        """

    static func served() throws -> ServedPolicies {
        try ServedPolicies([
            "app.rego": module, "main.rego": main, "data.json": #"{"known":{"ann":["dev","ops"]},"list":[1,{"a/b":true}]}"#,
        ])
    }

    struct Case: Sendable {
        var method = HTTPMethod.POST
        var target: String
        var body = ""
        var type = "application/json"
        var status: UInt = 200
        var answer: String
    }

    static let cases: [Case] = [
        Case(target: "/v1/data/app/allow", body: #"{"input":{"user":"ann"}}"#, answer: #"{"result":true}"#),
        Case(target: "/v1/data/app/allow", body: #"{"input":{"user":"bob"}}"#, answer: #"{"result":false}"#),
        Case(target: "/v1/data/app/roles", body: #"{"input":{"user":"ann"}}"#, answer: #"{"result":["dev","ops"]}"#),
        Case(target: "/v1/data/app/limits/cpu/1", answer: #"{"result":2}"#),
        Case(target: "/v1/data/app/undefined_rule", body: #"{"input":{}}"#, answer: "{}"),
        Case(target: "/v1/data/none/at/all", answer: "{}"),
        // What fails elsewhere in the package is no matter.
        Case(target: "/v1/data/app/allow", body: #"{"input":{"user":"ann","clash":true}}"#, answer: #"{"result":true}"#),
        Case(target: "/v1/data/app/missing", body: #"{"input":{"clash":true}}"#, answer: "{}"),
        Case(target: "/v1/data/list/1/a%2Fb", answer: #"{"result":true}"#),
        Case(
            target: "/v1/data/app", body: #"{"input":{"user":"ann"}}"#,
            answer: #"{"result":{"allow":true,"limits":{"cpu":[1,2]},"roles":["dev","ops"]}}"#),
        Case(
            target: "/v1/data/app/allow", body: "{}",
            answer: #"{"result":false,"warning":{"code":"api_usage_warning","message":"'input' key missing from the request"}}"#),
        Case(target: "/v1/data/app/allow", body: "input: {user: ann}", type: "application/x-yaml", answer: #"{"result":true}"#),
        Case(method: .GET, target: "/v1/data/app/allow?input=%7B%22user%22%3A%22ann%22%7D", answer: #"{"result":true}"#),
        Case(method: .GET, target: "/v1/data/known", answer: #"{"result":{"ann":["dev","ops"]}}"#),
        Case(
            target: "/v1/data/app/limits?pretty", answer: "{\n  \"result\": {\n    \"cpu\": [\n      1,\n      2\n    ]\n  }\n}"),
        Case(target: "/v0/data/app/allow", body: #"{"user":"ann"}"#, answer: "true"),
        Case(
            target: "/v0/data/app/undefined_rule", body: "{}", status: 404,
            answer: #"{"code":"undefined_document","message":"document undefined: data.app.undefined_rule"}"#),
        Case(
            target: "/v0/data/none", body: "{}", status: 404,
            answer: #"{"code":"undefined_document","message":"document missing: data.none"}"#),
        Case(target: "/", body: #"{"kind":"x"}"#, answer: #"{"response":{"allowed":true}}"#),
        Case(
            target: "/v1/data/app", body: "[", status: 400,
            answer: #"{"code":"invalid_parameter","message":"body contains malformed input document: "#),
        Case(
            method: .GET, target: "/v1/data/app?input=%7B", status: 400,
            answer: #"{"code":"invalid_parameter","message":"parameter contains malformed input document: "#),
        Case(
            target: "/v1/data/app/clash", body: #"{"input":{"clash":true}}"#, status: 500,
            answer:
                #"{"code":"internal_error","message":"error(s) occurred while evaluating query","errors":[{"code":"eval_conflict_error","message":"#
        ),
    ]

    @Test(arguments: cases)
    func answers(_ example: Case) throws {
        let answer = try #require(try Self.answer(example, in: Self.served()))
        #expect(answer.status.code == example.status)
        let text = String(decoding: answer.body, as: UTF8.self)
        let isPart = example.answer.last != "}" && example.answer.last != "e"
        #expect(isPart ? text.hasPrefix(example.answer) : text.trimmingCharacters(in: .newlines) == example.answer)
    }

    static func answer(_ example: Case, in served: ServedPolicies) throws -> ServerResponse? {
        var router = Router()
        router.add(DataController(holder: served.holder).routes)
        let request = ServedPolicies.request(
            example.method, example.target, body: example.body, headers: ["Content-Type": example.type])
        guard case .route(let route) = router.match(example.method, request.path),
            case .evaluation(let evaluate) = route.work
        else { return nil }
        var state = WorkerState()
        return evaluate(request, .patient, &state)
    }

    @Test func extras() throws {
        let served = try Self.served()
        func json(_ query: String) throws -> [String: Any] {
            let example = Case(target: "/v1/data/app/allow?\(query)", body: #"{"input":{"user":"ann"}}"#, answer: "")
            let answer = try #require(try Self.answer(example, in: served))
            return try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
        }
        let metrics = try #require(try json("metrics")["metrics"] as? [String: Int])
        #expect(Set(metrics.keys) == ["timer_rego_input_parse_ns", "timer_rego_query_eval_ns", "timer_server_handler_ns"])
        #expect(try json("provenance")["provenance"] != nil)
        let explanation = try #require(try json("explain=full")["explanation"] as? [String])
        #expect(explanation.contains { $0.contains("input.user == \"ann\"") })
    }

    /// Served documents reach the hosts that were allowed, and no others.
    @Test func network() async throws {
        let module = """
            package app

            status := http.send({"method": "get", "url": input.url, "raise_error": false}).status_code
            """
        var last = ServerResponse(.ok, body: Array("{}".utf8))
        last.closesConnection = true
        try await LoopbackServer.run(answering: { [last] _, _ in last }) { server, address in
            for (hosts, isAllowed) in [(["127.0.0.1"], true), (["example.com"], false)] {
                let served = try ServedPolicies(["app.rego": module], network: NetworkAccess(allowedHosts: hosts))
                let example = Case(target: "/v1/data/app/status", body: #"{"input":{"url":"\#(address)/x"}}"#, answer: "")
                let answer = try #require(try Self.answer(example, in: served))
                #expect(String(decoding: answer.body, as: UTF8.self).contains(#""result":200"#) == isAllowed)
            }
            #expect(server.seen.count == 1)
        }
    }
}
