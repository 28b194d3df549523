import Foundation
import Testing

/// `lintel audit-log` on logs as API servers write them.
@Suite struct AuditLogTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func event(
        _ id: String, stage: String = "ResponseComplete", user: String = "alice", verb: String = "get",
        resource: String = "secrets",
        code: Int = 200
    ) -> String {
        #"{"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"\#(id)","stage":"\#(stage)","#
            + #""requestURI":"/api/v1/x","verb":"\#(verb)","user":{"username":"\#(user)"},"sourceIPs":["192.0.2.7"],"#
            + #""objectRef":{"resource":"\#(resource)","namespace":"shop","name":"tls","apiVersion":"v1"},"#
            + #""responseStatus":{"code":\#(code)},"stageTimestamp":"2026-11-21T10:00:00.000000Z"}"#
    }

    private func run(_ arguments: String..., input: String = "") throws -> LintelRun {
        try LintelRun(["audit-log"] + arguments, in: folder.url, input: input)
    }

    @Test func linesOfALog() throws {
        let log = [
            event("a", stage: "RequestReceived"), event("a"), "", event("b", resource: "configmaps"),
            event("c", user: "system:node:n1"),
            event("d", verb: "list"),
        ]
        try folder.write(log.joined(separator: "\n") + "\n", to: "audit.log")
        let run = try run("audit.log", "--format", "compact")
        #expect(run.code == 1)
        #expect(
            run.output == """
                audit.log:2:140: error: alice did get secrets shop/tls [LT-AUD-002]
                audit.log:6:140: error: alice did list secrets shop/tls [LT-AUD-002]

                """)
        let text = try self.run("audit.log")
        #expect(text.output.contains("Checked 5 resources in 1 file against 15 policies in "))
        let json = try self.run("audit.log", "--format", "json")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let findings = try #require(report["findings"] as? [[String: Any]])
        #expect(findings.map { $0["line"] as? Int } == [2, 6])
        #expect((findings[0]["resource"] as? [String: Any])?["name"] as? String == "a")
    }

    /// The last line has no line break yet; a stage that was reported is not reported again.
    @Test func stagesOfOneRequest() throws {
        let log = [event("a", stage: "ResponseStarted"), event("a"), event("b")].joined(separator: "\n")
        let run = try run("--format", "compact", input: log)
        #expect(run.output.split(separator: "\n").count == 2)
        #expect(run.output.hasPrefix("stdin:1:"))
    }

    @Test func lists() throws {
        let pretty = """
            {
              "kind": "EventList",
              "apiVersion": "audit.k8s.io/v1",
              "items": [
                {"auditID": "a", "stage": "ResponseComplete", "verb": "get", "user": {"username": "alice"},
                 "objectRef": {"resource": "secrets"}, "responseStatus": {"code": 200}},
                \(event("b"))
              ]
            }

            """
        let run = try run("--format", "compact", input: pretty)
        #expect(run.code == 1)
        #expect(run.errors == "")
        #expect(run.output.split(separator: "\n").map { $0.prefix { $0 != " " } } == ["stdin:5:59:", "stdin:7:144:"])
        let oneLine = #"{"kind":"EventList","apiVersion":"audit.k8s.io/v1","items":[\#(event("a")),\#(event("b"))]}"#
        #expect(try self.run("--format", "compact", input: oneLine).output.split(separator: "\n").count == 2)
    }

    @Test func clean() throws {
        let run = try run(input: event("a", resource: "configmaps") + "\n")
        #expect(run.code == 0)
        #expect(run.output.hasPrefix("No violations. Checked 1 resource in 1 file"))
    }

    /// A log that could not be read completely never passes.
    @Test func brokenLines() throws {
        let run = try run(input: event("a", resource: "configmaps") + "\n{\"kind\": \n" + event("b") + "\n")
        #expect(run.code == 2)
        #expect(run.output.contains("1 violation (1 high)"))
        #expect(run.errors.contains("stdin:2: the line is not JSON"))
    }

    @Test func nothingEvaluated() throws {
        let pod = #"{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}}"#
        let run = try run(input: pod + "\n")
        #expect(run.code == 2)
        #expect(run.errors == "error: nothing was evaluated: no audit event was found\n")
        #expect(run.output.contains("Skipped 1 document: 1 no audit event."))
        #expect(try self.run("missing.log").code == 2)
        #expect(try self.run(input: "").code == 2)
    }

    @Test func selection() throws {
        let log = event("a") + "\n"
        #expect(try run("--skip", "secret-read", input: log).code == 0)
        #expect(try run("--only", "anonymous-request", input: log).code == 0)
        #expect(try run("--fail-on", "never", input: log).code == 0)
        #expect(try run("--only", "privileged-container", input: log).code == 2)
        #expect(try run("--profile", "all", input: log).code == 64)
        try folder.write("parameters: {secret-read: {allowedUsers: [ali*]}}\n", to: "lintel.yaml")
        #expect(try run(input: log).code == 0)
    }

    @Test func ownPolicy() throws {
        try folder.write("package mine\n\ndeny contains \"not at night\" if input.verb == \"delete\"\n", to: "p/mine.rego")
        let run = try run("--policy", "p", "--no-builtin", "--format", "compact", input: event("a", verb: "delete") + "\n")
        #expect(run.code == 1)
        #expect(run.output.hasSuffix(": error: not at night [mine.deny]\n"))
    }

    @Test func followStandardInput() throws {
        let run = try run("--follow", "--format", "json", input: event("a") + "\n" + event("b", resource: "pods") + "\n")
        #expect(run.code == 1)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 1)
        let line = try #require(try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
        #expect(line["policy"] as? String == "LT-AUD-002")
        #expect(line["user"] as? String == "alice")
        #expect(line["sourceIPs"] as? [String] == ["192.0.2.7"])
        #expect(line["line"] as? Int == 1)
    }

    /// A log that grows, is rotated and grows again, until the program is asked to end.
    @Test func followRotation() throws {
        try folder.write(event("a") + "\n", to: "audit.log")
        let process = Process(), pipe = Pipe()
        process.executableURL = LintelRun.program
        process.arguments = ["audit-log", "--follow", "audit.log"]
        process.currentDirectoryURL = folder.url
        process.standardOutput = pipe
        try process.run()
        defer { kill(process.processIdentifier, SIGKILL) }
        var output = ""
        func waitFor(_ count: Int) {
            while output.split(separator: "\n").count < count {
                let data = pipe.fileHandleForReading.availableData
                if data.isEmpty { return }
                output += String(decoding: data, as: UTF8.self)
            }
        }
        waitFor(1)
        let file = folder.url.appendingPathComponent("audit.log")
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        let half = event("b")
        try handle.write(contentsOf: Data(half.prefix(100).utf8))
        usleep(300_000)
        try handle.write(contentsOf: Data((half.dropFirst(100) + "\n").utf8))
        waitFor(2)
        try FileManager.default.moveItem(at: file, to: folder.url.appendingPathComponent("audit.log.1"))
        try folder.write(event("c") + "\n", to: "audit.log")
        waitFor(3)
        let lines = output.split(separator: "\n")
        #expect(lines.map { $0.prefix { $0 != " " } } == ["audit.log:1:140:", "audit.log:2:140:", "audit.log:1:140:"])
        process.terminate()
        for _ in 0..<200 where process.isRunning { usleep(50_000) }
        #expect(!process.isRunning)
    }
}
