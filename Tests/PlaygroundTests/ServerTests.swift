import Documents
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import Playground

private let spinning = """
    package main

    deny contains msg if {
    	some a in numbers.range(1, 100000)
    	some b in numbers.range(1, 100000)
    	some c in numbers.range(1, 100000)
    	a + b + c == -1
    	msg := "never"
    }
    """
private let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c}]}\n"

@Suite(.serialized) struct ServerTests {
    @Test func everyAnswerKeepsThePageToItself() async throws {
        let client = try Client()
        for path in ["/", "/api/info", "/nothing", "/api/nothing", "/api/workspace"] {
            let reply = try await client.get(path)
            let policy = reply.headers[.contentSecurityPolicy] ?? ""
            #expect(policy.hasPrefix("default-src 'none'; script-src 'self'; style-src 'self'"), "\(path)")
            #expect(!policy.contains("unsafe"))
            #expect(reply.headers[.xContentTypeOptions] == "nosniff")
        }
    }

    @Test func filesOfThePage() async throws {
        let client = try Client()
        let page = try await client.get("/")
        #expect(page.status == 200 && page.headers[.contentType] == "text/html; charset=utf-8")
        #expect(!page.text.contains("<script>") && !page.text.contains(" onclick=") && !page.text.contains("http://"))
        let tag = page.headers[.eTag] ?? ""
        let again = try await client.send(.get, "/", headers: [.ifNoneMatch: tag])
        #expect(again.status == 304 && again.bytes.isEmpty)
        #expect(try await client.get("/../content/help/fields.txt").status == 404)
        #expect(try await client.get("/content/help/fields.txt").status == 404)
        #expect(try await client.send(.post, "/").status == 405)
        let info = try await client.get("/api/info")
        for path in info.json.at("codemirror").items.compactMap(\.stringValue) {
            #expect(try await client.get("/codemirror/\(path)").status == 200)
        }
        #expect((info.json.at("editor").stringValue == "codemirror") == (info.json.at("codemirror").count > 0))
        #expect(try await client.get("/api/openapi.yaml").text.contains("openapi: 3.1.0"))
    }

    @Test func everyPathOfTheDescriptionExists() async throws {
        let client = try Client()
        let text = try await client.get("/api/openapi.yaml").text
        let paths = text.split(separator: "\n").filter { $0.hasPrefix("  /api/") }.map { $0.dropFirst(2).dropLast() }
        #expect(paths.count >= 19)
        for path in paths {
            let known = client.server.responder.api.endpoints.contains {
                $0.match(String(path.replacing("{id}", with: "x"))) != nil
            }
            #expect(known, "\(path)")
        }
        #expect(
            client.server.responder.api.endpoints.allSatisfy { endpoint in
                paths.contains { $0.replacing("{id}", with: "*") == endpoint.path }
            })
    }

    @Test(
        arguments: [
            ("evil.example", nil, nil, "forbidden_host"), ("localhost.evil.example", nil, nil, "forbidden_host"),
            ("localhost", "http://evil.example", nil, "forbidden_origin"), ("localhost", "null", nil, "forbidden_origin"),
            ("localhost", nil, "cross-site", "forbidden_origin"),
            ("localhost:8181", "http://localhost:8182", nil, "forbidden_origin"),
            ("localhost", "http://localhost", "same-origin", ""), ("127.0.0.1:8181", nil, nil, ""), ("[::1]:8181", nil, nil, ""),
            ("play.example", "https://play.example", nil, ""), ("10.0.0.7", nil, nil, ""),
        ] as [(String, String?, String?, String)])
    func hostAndOrigin(host: String, origin: String?, site: String?, code: String) {
        let problem = Origins(names: ["play.example"]).problem(host: host, origin: origin, fetchSite: site)
        #expect((problem?.code ?? "") == code)
    }

    @Test func errorsHaveOneShape() async throws {
        let client = try Client()
        let json: HTTPFields = [.contentType: "application/json"]
        let cases: [(Reply, Int, String)] = [
            (try await client.get("/api/nothing"), 404, "not_found"),
            (try await client.get("/api/evaluate"), 405, "method_not_allowed"),
            (try await client.send(.post, "/api/evaluate", Array("{}".utf8)), 415, "unsupported_type"),
            (try await client.send(.post, "/api/evaluate", Array("{".utf8), headers: json), 400, "bad_request"),
            (try await client.send(.post, "/api/evaluate", Array("[]".utf8), headers: json), 400, "bad_request"),
            (
                try await client.send(.post, "/api/evaluate", Array(#"{"policies":[{"path":1}]}"#.utf8), headers: json), 400,
                "bad_request"
            ),
            (
                try await client.post("/api/evaluate", body([("options", .object([("trace", .string("yes"))]))])), 400,
                "bad_request"
            ),
            (
                try await client.post("/api/evaluate", body([("options", .object([("input", .string("other"))]))])), 400,
                "bad_request"
            ),
            (try await client.post("/api/query", body()), 400, "bad_request"),
            (try await client.get("/api/gallery/none"), 404, "not_found"),
            (try await client.post("/api/tutorial/none", body()), 404, "not_found"),
            (try await client.post("/api/hover", body([("file", .string("policies/x.rego"))])), 400, "bad_request"),
            (try await client.post("/api/test", body([("options", .object([("run", .string("("))]))])), 400, "bad_request"),
        ]
        for (reply, status, code) in cases {
            #expect(reply.status == status && reply.error == code, "\(reply.text)")
            #expect(reply.json.at("error.message").stringValue?.isEmpty == false)
        }
    }

    // MARK: Hostile use

    @Test func infiniteProductsAreStopped() async throws {
        let client = try Client { $0.limits.seconds = 0.4 }
        let reply = try await client.post("/api/evaluate", body(policies: ["main.rego": spinning], inputs: ["p.yaml": pod]))
        #expect(reply.status == 200)
        #expect(reply.json.at("stopped.0.budget").stringValue == "time")
        #expect(reply.json.at("stopped.0.rule").stringValue == "data.main.deny")
        let steps = try await Client { $0.limits.steps = 100_000 }.post(
            "/api/evaluate", body(policies: ["main.rego": spinning], inputs: ["p.yaml": pod]))
        #expect(steps.json.at("stopped.0.budget").stringValue == "steps")
        let greedy = "package main\n\nx := [[a, b] | some a in numbers.range(1, 4000); some b in numbers.range(1, 4000)]\n"
        let memory = try await Client { $0.limits.memory = 16 << 20 }.post(
            "/api/evaluate", body(policies: ["main.rego": greedy], inputs: ["p.yaml": pod]))
        #expect(memory.json.at("stopped.0.budget").stringValue == "memory")
        let test =
            "package main\n\ntest_x if {\n\tsome a in numbers.range(1, 1000000)\n\tsome b in numbers.range(1, 1000000)\n\ta + b == -1\n}\n"
        let tests = try await client.post("/api/test", body(policies: ["main.rego": test]))
        #expect(tests.json.at("tests.0.fault.code").stringValue == "eval_cancel_error")
        let query = try await client.post(
            "/api/query",
            body(
                inputs: ["p.yaml": pod],
                [
                    ("query", .string("some a in numbers.range(1, 1000000); some b in numbers.range(1, 1000000); a + b == -1"))
                ]))
        #expect(query.json.at("stopped.0.budget").stringValue == "time")
    }

    @Test func hugeBodiesAreRefusedAndTheServerStaysWell() async throws {
        let client = try Client()
        try await client.server.application { _ in }.test(.live) { http in
            let huge = ByteBuffer(repeating: UInt8(ascii: "a"), count: 50 << 20)
            let refused = Reply(
                try await http.executeRequest(
                    uri: "/api/evaluate", method: .post, headers: [.contentType: "application/json"], body: huge))
            #expect(refused.status == 413 && refused.error == "too_large")
            let well = Reply(try await http.executeRequest(uri: "/api/info", method: .get, headers: [:], body: nil))
            #expect(well.status == 200)
        }
    }

    @Test func deepNestingIsRefusedWithAPlace() async throws {
        let client = try Client()
        let deep = String(repeating: "[", count: 100_000)
        let yaml = try await client.post(
            "/api/evaluate", body(policies: ["main.rego": "package main\n"], inputs: ["d.yaml": "a: \(deep)\n"]))
        #expect(yaml.json.at("diagnostics.0.at.file").stringValue == "inputs/d.yaml")
        let rego = try await client.post("/api/evaluate", body(policies: ["main.rego": "package main\n\nx := \(deep)\n"]))
        #expect(rego.json.at("diagnostics.0.at.file").stringValue == "policies/main.rego")
        let formatted = try await client.post("/api/format", .object([("text", .string("package main\n\nx := \(deep)\n"))]))
        #expect(formatted.status == 200 && formatted.json.at("diagnostics").count > 0)
        let json = try await client.send(.post, "/api/evaluate", Array(deep.utf8), headers: [.contentType: "application/json"])
        #expect(json.status == 400)
        #expect(try await client.get("/api/info").status == 200)
    }

    @Test func scriptsInManifestsAreText() async throws {
        let input = "apiVersion: v1\nkind: Pod\nmetadata: {name: \"</script><script>alert(1)</script>\"}\n"
        let policy = "package main\n\ndeny contains input.metadata.name\n"
        let reply = try await Client().post("/api/evaluate", body(policies: ["main.rego": policy], inputs: ["p.yaml": input]))
        #expect(reply.headers[.contentType] == "application/json")
        #expect(reply.headers[.xContentTypeOptions] == "nosniff")
        #expect(reply.json.at("violations.0.message").stringValue == "</script><script>alert(1)</script>")
    }

    @Test func theNetworkIsOutOfReach() async throws {
        let policy = "package main\n\nx := http.send({\"method\": \"GET\", \"url\": \"http://127.0.0.1:1/\"})\n"
        let reply = try await Client().post("/api/evaluate", body(policies: ["main.rego": policy], inputs: ["p.yaml": pod]))
        #expect(reply.json.at("diagnostics.0.message").stringValue?.contains("http.send") == true)
    }

    @Test func twoHundredSessionsAtOnceStayApart() async throws {
        let client = try Client()
        try await client.server.application { _ in }.test(.live) { http in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let policy = "package main\n\ndeny contains \"session \(number)\" if input.metadata.name == \"p\"\n"
                        let json = body(policies: ["main.rego": policy], inputs: ["p.yaml": pod])
                        let reply = Reply(
                            try await http.executeRequest(
                                uri: "/api/evaluate", method: .post, headers: [.contentType: "application/json"],
                                body: ByteBuffer(bytes: json.bytes)))
                        #expect(reply.status == 200, "\(reply.text)")
                        #expect(reply.json.at("violations").items.map { $0.at("message").stringValue } == ["session \(number)"])
                    }
                }
                try await group.waitForAll()
            }
            let well = Reply(try await http.executeRequest(uri: "/api/info", method: .get, headers: [:], body: nil))
            #expect(well.status == 200)
        }
    }

    @Test func tooManyAtOnceAreToldToWait() async throws {
        let client = try Client {
            $0.limits.workers = 1
            $0.limits.waitingPerClient = 2
            $0.limits.seconds = 0.5
        }
        let app = client.server.application { _ in }
        let codes = try await app.test(.router) { http in
            try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let json = body(policies: ["main.rego": spinning], inputs: ["p.yaml": pod])
                        let reply = Reply(
                            try await http.executeRequest(
                                uri: "/api/evaluate", method: .post, headers: [.contentType: "application/json"],
                                body: ByteBuffer(bytes: json.bytes)))
                        return (reply.status, reply.error)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(codes.contains { $0 == (429, "busy") })
        #expect(codes.contains { $0.0 == 200 })
        #expect(codes.allSatisfy { $0.0 == 200 || $0 == (429, "busy") })
    }

    @Test func manyRequestsOfOneAddressAreSlowedDown() async throws {
        let limiter = RateLimiter(
            limits: {
                var limits = PlaygroundLimits()
                (limits.burst, limits.requestsPerSecond) = (3, 2)
                return limits
            }())
        #expect((0..<5).map { _ in limiter.admits("a", now: 0) } == [true, true, true, false, false])
        #expect(limiter.admits("b", now: 0))
        #expect(limiter.admits("a", now: 500_000_000) && !limiter.admits("a", now: 500_000_000))
        let reply = try await Client { $0.limits.burst = 0 }.get("/api/info")
        #expect(reply.status == 429 && reply.error == "rate_limited" && reply.headers[.retryAfter] == "1")
    }

    @Test func waitingClientsTakeTurns() async throws {
        var limits = PlaygroundLimits()
        limits.workers = 1
        let pool = JobPool(limits: limits)
        defer { pool.close() }
        let order = Order()
        async let first: Void = pool.run(Job(), for: "greedy") { _ in order.wait() }
        while !order.isWaiting { try await Task.sleep(for: .milliseconds(1)) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<5 {
                group.addTask { try await pool.run(Job(), for: "greedy") { _ in order.add("greedy \(number)") } }
                try await Task.sleep(for: .milliseconds(5))
            }
            group.addTask { try await pool.run(Job(), for: "modest") { _ in order.add("modest") } }
            try await Task.sleep(for: .milliseconds(5))
            order.go()
            try await group.waitForAll()
        }
        try await first
        #expect(order.list.firstIndex(of: "modest").map { $0 <= 1 } == true, "\(order.list)")
    }

    @Test func disconnectedClientsStopTheirEvaluation() async throws {
        let job = Job()
        let watcher = CloseWatcher()
        watcher.watch(job)
        let channel = try await NIOAsyncTestingChannelBox(watcher)
        try await channel.close()
        #expect(job.isCancelled)
        // A job that starts after the connection has gone is cancelled at once.
        let late = Job()
        watcher.watch(late)
        #expect(late.isCancelled)
        var limits = PlaygroundLimits()
        limits.seconds = 30
        let budget = RunBudget(limits: limits, job: job)
        #expect(budget.isSpent)
        #expect(throws: CancellationError.self) { try budget.checkCancelled() }
    }

    @Test func aClientThatLeavesFreesItsThread() async throws {
        let client = try Client {
            $0.limits.workers = 1
            $0.limits.seconds = 120
            $0.limits.steps = .max
        }
        try await client.server.application { _ in }.test(.live) { http in
            let port = try #require(http.port)
            let json = body(policies: ["main.rego": spinning], inputs: ["p.yaml": pod]).bytes
            let connection = try await RawConnection(port: port)
            let head =
                "POST /api/evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: \(json.count)\r\n\r\n"
            try await connection.send(Array(head.utf8) + json)
            try await Task.sleep(for: .milliseconds(300))
            try await connection.leave()
            let start = ContinuousClock.now
            let reply = Reply(try await http.executeRequest(uri: "/api/info", method: .get, headers: [:], body: nil))
            #expect(reply.status == 200)
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }
}
