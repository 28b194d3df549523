import Foundation
import TestSupport
import Testing

/// `lintel check --notify`, against servers on this machine.
@Suite struct NotificationTests {
    /// The server of `notify_server.py`; it ends with this object.
    private final class Server {
        let port: Int
        private let process = Process()
        private let input = Pipe()
        private let log: URL

        init(in folder: URL, status: Int? = nil) throws {
            log = folder.appendingPathComponent("log-\(UUID().uuidString).jsonl")
            let output = Pipe()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments =
                ["python3", LintelRun.fixtures.appendingPathComponent("notify_server.py").path, log.path]
                + (status.map { [String($0)] } ?? [])
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            var line = ""
            while !line.hasSuffix("\n") {
                let data = output.fileHandleForReading.availableData
                if data.isEmpty { break }
                line += String(decoding: data, as: UTF8.self)
            }
            port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
            try #require(port > 0)
        }

        func stop() {
            try? input.fileHandleForWriting.close()
            process.waitUntilExit()
        }

        deinit { stop() }

        struct Request: Decodable {
            var method: String
            var path: String
            var headers: [String: String]
        }

        var requests: [Request] {
            get throws {
                guard let text = try? String(contentsOf: log, encoding: .utf8) else { return [] }
                return try text.split(separator: "\n").map { try JSONDecoder().decode(Request.self, from: Data($0.utf8)) }
            }
        }

        /// `POST /hook`, those that only read left out.
        var changes: [String] {
            get throws {
                try requests.filter { $0.method != "GET" && !$0.path.contains("/search") }.map { "\($0.method) \($0.path)" }
            }
        }

        var text: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }
    }

    private let folder: TemporaryFolder

    private static func pod(_ image: String, _ more: String = "") -> String {
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: a, namespace: n}
        spec:
          containers:
          - {name: a, image: "\(image)", securityContext: {privileged: true}}
        \(more)
        """
    }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(Self.pod("nginx:latest"), to: "pod.yaml")
    }

    private func check(_ more: [String] = [], environment: [String: String] = [:]) throws -> LintelRun {
        try LintelRun(
            ["check", "--only", "LT-POD-001", "--only", "LT-IMG-001", "--format", "compact", "--notify", "notify.yaml"] + more
                + ["pod.yaml"], in: folder.url, environment: environment)
    }

    @Test func chats() throws {
        let server = try Server(in: folder.url)
        let template =
            #"'{"t": {{ .title | toJson }}, "n": {{ len .violations }}, "p": {{ (index .violations 0).policy | quote }}}'"#
        try folder.write(
            """
            targets:
            - {type: slack, url: "http://127.0.0.1:\(server.port)/hook/slack"}
            - {type: teams, url: "http://127.0.0.1:\(server.port)/hook/teams", minSeverity: critical}
            - type: webhook
              name: own
              urlFromEnv: HOOK
              secretFromEnv: KEY
              headers: {X-Own: "1"}
              template: \(template)

            """, to: "notify.yaml")
        let variables = ["HOOK": "http://127.0.0.1:\(server.port)/hook/own", "KEY": "k"]
        let dry = try check(["--notify-dry-run"], environment: variables)
        #expect(dry.code == 1)
        #expect(
            dry.errors == """
                notify: would tell slack of 2 violations
                notify: would tell teams of 1 violation
                notify: would tell own of 2 violations

                """)
        #expect(try server.requests.isEmpty)
        let run = try check(environment: variables)
        #expect(run.code == 1)
        #expect(
            run.errors == """
                notify: tell slack of 2 violations
                notify: tell teams of 1 violation
                notify: tell own of 2 violations

                """)
        let difference = Snapshot.difference(server.text, "notify-chats.txt")
        #expect(difference == nil, "\(difference ?? "")")
    }

    /// An issue is made once, follows its violation, and is closed when that is gone or accepted.
    @Test(arguments: ["github", "gitlab", "jira"])
    func issues(_ kind: String) throws {
        let server = try Server(in: folder.url)
        let project =
            ["github": "repository: t/r", "gitlab": "project: g/p", "jira": "project: OPS, userFromEnv: USER_NAME"][kind] ?? ""
        try folder.write(
            "scope: prod\ntargets:\n- {type: \(kind), url: \"http://127.0.0.1:\(server.port)\", \(project), tokenFromEnv: TOKEN}\n",
            to: "notify.yaml")
        let variables = ["TOKEN": "secret-token", "USER_NAME": "me"]
        _ = try check(environment: variables)
        _ = try check(environment: variables)
        let base =
            ["github": "/repos/t/r/issues", "gitlab": "/api/v4/projects/g%2Fp/issues", "jira": "/rest/api/2/issue"][kind] ?? ""
        let one = "\(base)/\(kind == "jira" ? "OPS-1" : "1")", two = "\(base)/\(kind == "jira" ? "OPS-2" : "2")"
        let change = kind == "github" ? "PATCH" : "PUT"
        let comment = kind == "github" ? "comments" : kind == "gitlab" ? "notes" : "comment"
        #expect(try server.changes == ["POST \(base)", "POST \(base)"])
        // One moves, the other goes away.
        try folder.write("\n\n" + Self.pod("nginx:1.27.3"), to: "pod.yaml")
        _ = try check(environment: variables)
        let close = kind == "jira" ? "POST \(two)/transitions" : "\(change) \(two)"
        #expect(try server.changes.dropFirst(2) == ["\(change) \(one)", "POST \(two)/\(comment)", close])
        // The first is accepted, and both stay closed.
        try folder.write("exceptions: [{policy: LT-POD-001, reason: agent}]\n", to: "lintel.yaml")
        let accepted = try check(environment: variables)
        #expect(
            accepted.errors.contains(
                "notify: comment on issue \(kind == "jira" ? "OPS-1" : "1"): The violation is accepted by an exception.\n"))
        let all = try server.changes.count
        _ = try check(environment: variables)
        #expect(try server.changes.count == all)
        let authorization = ["github": "Bearer secret-token", "jira": "Basic bWU6c2VjcmV0LXRva2Vu"][kind]
        for request in try server.requests {
            #expect(request.headers["Authorization"] == authorization)
            #expect(request.headers["PRIVATE-TOKEN"] == (kind == "gitlab" ? "secret-token" : nil))
        }
    }

    /// A run that looks at what changed closes nothing, nor does one for another scope.
    @Test func closesOnlyWhatIsKnownToBeGone() throws {
        let server = try Server(in: folder.url)
        func settings(_ scope: String) -> String {
            "scope: \(scope)\ntargets: [{type: github, url: \"http://127.0.0.1:\(server.port)\", repository: t/r, tokenFromEnv: TOKEN}]\n"
        }
        try folder.write(settings("a b"), to: "notify.yaml")
        _ = try check(environment: ["TOKEN": "t"])
        #expect(try server.changes.count == 2)
        try folder.write(Self.pod("nginx:1.27.3"), to: "pod.yaml")
        try folder.write(settings("other"), to: "notify.yaml")
        _ = try check(environment: ["TOKEN": "t"])
        #expect(try server.changes == ["POST /repos/t/r/issues", "POST /repos/t/r/issues", "POST /repos/t/r/issues"])
    }

    /// A server that is down loses nothing and fails nothing, unless asked.
    @Test func downServersLoseNothing() throws {
        let down = try Server(in: folder.url, status: 503)
        try folder.write(
            "spool: waiting\ntargets: [{type: slack, url: \"http://127.0.0.1:\(down.port)/hook\"}]\n", to: "notify.yaml")
        let run = try check()
        #expect(run.code == 1)
        #expect(
            run.errors.contains("warning: notify: tell slack of 2 violations: slack answers 503: {\"message\": \"not now\"}\n"),
            "\(run.errors)")
        #expect(run.errors.hasSuffix("notify: what was not sent waits in waiting for the next run\n"))
        #expect(try down.requests.count == 4)
        let waiting = folder.url.appendingPathComponent("waiting")
        #expect(try FileManager.default.contentsOfDirectory(atPath: waiting.path) == ["000000.json"])
        let mode = try FileManager.default.attributesOfItem(atPath: waiting.appendingPathComponent("000000.json").path)[
            .posixPermissions]
        #expect(mode as? Int == 0o600)
        down.stop()

        let refused = try check(["--fail-on", "never"])
        #expect(refused.code == 0)
        #expect(refused.errors.contains("slack cannot be reached: connection refused"), "\(refused.errors)")
        try folder.write(
            "spool: waiting\nfailOnError: true\ntargets: [{type: slack, url: \"http://127.0.0.1:\(down.port)/hook\"}]\n",
            to: "notify.yaml")
        #expect(try check(["--fail-on", "never"]).code == 2)

        let up = try Server(in: folder.url)
        try folder.write(
            "spool: waiting\ntargets: [{type: slack, url: \"http://127.0.0.1:\(up.port)/hook\"}]\n", to: "notify.yaml")
        let last = try check()
        #expect(last.errors.contains("notify: tell slack of 2 violations (from an earlier run)\n"))
        #expect(try up.changes.count == 4)
        #expect(try FileManager.default.contentsOfDirectory(atPath: waiting.path) == [])
    }

    @Test(arguments: [
        ("[]", "the file is a mapping with targets"), ("targets: []", "targets is a list of who is told"),
        ("targets: [{type: slak}]", "type is one of webhook, slack, teams, github, gitlab, jira; did you mean \"slack\"?"),
        ("targets: [{type: slack}]", "slack needs url, or urlFromEnv with the name of a variable"),
        ("targets: [{type: github, tokenFromEnv: T}]", "github needs repository, as owner/name"),
        ("targets: [{type: gitlab, project: a/b}]", "gitlab needs tokenFromEnv with the name of a variable"),
        ("targets: [{type: slack, url: \"http://chat.example.com/x\"}]", "http:// is for this machine only: use https://"),
        ("targets: [{type: slack, url: ftp://x}]", "an address begins with https://"),
        ("targets: [{type: slack, url: https://x.example, token: abc}]", "unknown key \"token\""),
        ("targets: [{type: slack, url: https://x.example, template: x}]", "a template is for a webhook"),
        (
            "targets: [{type: slack, url: https://x.example, minSeverity: bad}]",
            "critical, high, medium, low, info are allowed here"
        ),
    ])
    func refuses(_ text: String, _ message: String) throws {
        try folder.write(text + "\n", to: "notify.yaml")
        let run = try check()
        #expect(run.code == 2 && run.output == "", "\(run.output)")
        #expect(run.errors.contains("notify.yaml:1:") && run.errors.contains(message), "\(run.errors)")
    }

    /// What is wrong with one target keeps no other from being told.
    @Test func oneBrokenTargetIsOne() throws {
        let server = try Server(in: folder.url)
        try folder.write(
            """
            targets:
            - {type: slack, name: first, urlFromEnv: NOT_SET}
            - {type: webhook, name: second, url: "http://127.0.0.1:\(server.port)/hook", template: "{{ .nothing.at.all }}"}
            - {type: webhook, name: third, url: "http://127.0.0.1:\(server.port)/hook"}

            """, to: "notify.yaml")
        let run = try check()
        #expect(run.code == 1)
        #expect(run.errors.contains("warning: notify: first: the environment variable NOT_SET is not set\n"), "\(run.errors)")
        #expect(run.errors.contains("warning: notify: second: the template: "), "\(run.errors)")
        #expect(run.errors.contains("notify: tell third of 2 violations\n"))
        #expect(try LintelRun(["check", "--notify-dry-run", "pod.yaml"], in: folder.url).code == 64)
    }
}
