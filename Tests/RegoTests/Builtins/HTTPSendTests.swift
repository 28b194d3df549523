import Documents
import Foundation
import NIOHTTP1
import NIOSSL
import Rego
import RegoNetwork
import RegoRuntime
import Testing

/// `http.send` against a server on a loopback address; error texts are those of OPA 1.20.2.
@Suite struct HTTPSendTests {
    /// The JSON of a query's variable `x`, or the error. `U` in the query is the server's URL.
    static func ask(
        _ query: String, _ server: LoopbackServer? = nil, scheme: String = "http", access: NetworkAccess?,
        budget: Budget = Budget(), now: Int64 = 1_800_000_000_000_000_000
    ) throws -> String {
        let url = "\(scheme)://127.0.0.1:\(server?.port ?? 1)"
        let text = "x = " + query.replacingOccurrences(of: "U/", with: url + "/")
        let engine = try #require(Engine.compile([], queries: [text], builtins: TestBuiltins.table).0)
        let evaluator = Evaluator(engine, strictBuiltinErrors: true)
        evaluator.context.now = now
        evaluator.budget = budget
        access?.install(in: evaluator.context)
        evaluator.begin(input: .undefined)
        do {
            guard let row = try evaluator.query(text).first else { return "undefined" }
            return JSONWriter.string(row.bindings[0].value, style: .init(escapesHTML: false))
        } catch { return "\(error.code): \(error.message)".replacingOccurrences(of: url, with: "U") }
    }

    static let loopback = NetworkAccess(allowedHosts: ["127.0.0.1"])

    /// Answers with what was asked.
    static func echo() throws -> LoopbackServer {
        try LoopbackServer { request, _ in
            switch request.path {
            case "/yaml": return .init(headers: [("Content-Type", "application/x-yaml")], body: "a: [1, 2]\n")
            case "/text": return .init(headers: [("Content-Type", "text/plain")], body: #"{"a": 1}"#)
            case "/broken": return .init(headers: [("Content-Type", "application/json")], body: "{")
            case "/found": return .init(status: 302, headers: [("Location", "/json")])
            case "/kept": return .init(status: 307, headers: [("Location", "/json")])
            case "/away": return .init(status: 302, headers: [("Location", "http://localhost/")])
            case "/round": return .init(status: 302, headers: [("Location", "/round")])
            case "/slow": return .init(body: "{}", delay: 1500)
            default:
                let agent = request.headers.first(name: "user-agent") ?? ""
                let body =
                    #"{"method":"\#(request.method)","body":\#(request.body.debugDescription),"agent":"\#(agent)","b":"\#(request.headers.first(name: "x-b") ?? "")"}"#
                return .init(
                    status: 201, headers: [("Content-Type", "application/json; charset=utf-8"), ("X-A", "1"), ("X-A", "2")],
                    body: body)
            }
        }
    }

    static let answers: [(String, String)] = [
        (#"http.send({"method": "get", "url": "U/json"}).body"#, #"{"agent":"lintel","b":"","body":"","method":"GET"}"#),
        (
            #"object.remove(http.send({"method": "get", "url": "U/text"}), ["raw_body"])"#,
            #"{"body":null,"headers":{"content-length":["8"],"content-type":["text/plain"]},"status":"200 OK","status_code":200}"#
        ),
        (#"http.send({"method": "GET", "url": "U/json"}).headers["x-a"]"#, #"["1","2"]"#),
        (#"http.send({"method": "GET", "url": "U/json"}).status"#, #""201 Created""#),
        (
            #"http.send({"method": "post", "url": "U/json", "body": {"a": [1, {2}]}, "headers": {"X-b": "c", "user-agent": "me"}}).body"#,
            #"{"agent":"me","b":"c","body":"{\"a\":[1,[2]]}","method":"POST"}"#
        ),
        (#"http.send({"method": "put", "url": "U/json", "raw_body": "abc", "body": 1}).body.body"#, #""abc""#),
        (#"http.send({"method": "get", "url": "U/yaml"}).body"#, #"{"a":[1,2]}"#),
        (#"http.send({"method": "get", "url": "U/text"}).raw_body"#, #""{\"a\": 1}""#),
        (#"http.send({"method": "get", "url": "U/text", "force_json_decode": true}).body"#, #"{"a":1}"#),
        (#"http.send({"method": "get", "url": "U/text", "force_yaml_decode": true}).body"#, #"{"a":1}"#),
        (#"http.send({"method": "get", "url": "U/broken"}).body"#, "null"),
        (#"http.send({"method": "head", "url": "U/text"}).raw_body"#, #""""#),
        (#"http.send({"method": "get", "url": "U/found"}).status_code"#, "302"),
        (#"http.send({"method": "post", "url": "U/found", "body": 1, "enable_redirect": true}).body.method"#, #""GET""#),
        (#"http.send({"method": "post", "url": "U/kept", "body": 1, "enable_redirect": true}).body.body"#, #""1""#),
        (
            #"http.send({"method": "get", "url": "U/away", "enable_redirect": true})"#,
            #"eval_builtin_error: http.send: Get "http://localhost/": unallowed host: localhost"#
        ),
        (#"http.send({"method": "get", "url": "U/away"}).status_code"#, "302"),
        (
            #"http.send({"method": "get", "url": "U/round", "enable_redirect": true})"#,
            #"eval_builtin_error: http.send: Get "U/round": stopped after 10 redirects"#
        ),
        (
            #"http.send({"method": "get", "url": "U/slow", "timeout": "100ms"})"#,
            "eval_builtin_error: http.send: Get U/slow: request timed out"
        ),
        (
            #"http.send({"method": "get", "url": "U/slow", "timeout": 100000000, "raise_error": false}).error.code"#,
            #""eval_http_send_network_error""#
        ),
    ]

    @Test(arguments: answers.indices) func answer(index: Int) throws {
        let (query, wanted) = Self.answers[index]
        #expect(try Self.ask(query, try Self.echo(), access: Self.loopback) == wanted, "\(query)")
    }

    static let failures: [(String, String)] = [
        (#"{"method": "get"}"#, #"eval_type_error: http.send: operand 1 missing required request parameters(s): {"url"}"#),
        ("{}", #"eval_type_error: http.send: operand 1 missing required request parameters(s): {"method", "url"}"#),
        (
            #"{"method": "get", "url": "U/", "bad": 1}"#,
            #"eval_type_error: http.send: operand 1 invalid request parameters(s): {"bad"}"#
        ),
        (#"{"method": 1, "url": "U/"}"#, #"eval_builtin_error: http.send: "method" must be a string"#),
        (#"{"method": "g t", "url": "U/"}"#, #"eval_builtin_error: http.send: net/http: invalid method "G T""#),
        (
            #"{"method": "get", "url": "U/", "timeout": "x"}"#,
            #"eval_builtin_error: http.send: invalid timeout value "x": time: invalid duration "x""#
        ),
        (
            #"{"method": "get", "url": "U/", "timeout": 1.5}"#,
            "eval_builtin_error: http.send: invalid timeout number value 1.5, must be int64"
        ),
        (
            #"{"method": "get", "url": "U/", "timeout": true}"#,
            "eval_type_error: http.send: operand 1 'timeout' must be one of {string, number} but got boolean"
        ),
        (#"{"method": "get", "url": "U/", "headers": 1}"#, "eval_builtin_error: http.send: invalid type for headers key"),
        (
            #"{"method": "get", "url": "U/", "headers": {"a": 1}}"#,
            #"eval_builtin_error: http.send: invalid type for headers value "1""#
        ),
        (
            #"{"method": "get", "url": "U/", "headers": {"a": "1\n"}}"#,
            #"eval_builtin_error: http.send: Get "U/": net/http: invalid header field value for "A""#
        ),
        (
            #"{"method": "get", "url": "U/", "headers": {"a\r\nb": "1"}}"#,
            #"eval_builtin_error: http.send: Get "U/": net/http: invalid header field name "a\r\nb""#
        ),
        (
            #"{"method": "get", "url": "U/", "raise_error": 1}"#,
            "eval_builtin_error: http.send: invalid value for raise_error field"
        ),
        (
            #"{"method": "get", "url": "U/", "force_cache": true}"#,
            "eval_builtin_error: http.send: 'force_cache' set but 'force_cache_duration_seconds' parameter is missing"
        ),
        (#"{"method": "get", "url": "U/", "cache": 1}"#, #"eval_builtin_error: http.send: invalid value for "cache" field"#),
        (
            #"{"method": "get", "url": "U/", "max_retry_attempts": "x"}"#,
            #"eval_builtin_error: http.send: invalid value "x" for field "max_retry_attempts""#
        ),
        (
            #"{"method": "get", "url": "U/", "enable_redirect": "x"}"#,
            #"eval_builtin_error: http.send: strconv.ParseBool: parsing "\"x\"": invalid syntax"#
        ),
        (#"{"method": "get", "url": "U/", "tls_ca_cert": "x"}"#, "eval_builtin_error: http.send: could not append certificates"),
        (
            #"{"method": "get", "url": "U/", "tls_ca_cert_file": "/no/such"}"#,
            "eval_builtin_error: http.send: open /no/such: no such file or directory"
        ),
        (
            #"{"method": "get", "url": "ftp://127.0.0.1/"}"#,
            #"eval_builtin_error: http.send: Get "ftp://127.0.0.1/": unsupported protocol scheme "ftp""#
        ),
        (#"{"method": "get", "url": "nope"}"#, #"eval_builtin_error: http.send: Get "nope": unsupported protocol scheme """#),
        (
            #"{"method": "get", "url": "U/"}"#,
            #"eval_builtin_error: http.send: Get "U/": dial tcp 127.0.0.1:1: connect: connection refused"#
        ),
        (
            #"{"method": "get", "url": "U/", "raise_error": false}"#,
            #"{"error":{"code":"eval_http_send_network_error","message":"Get \"http://127.0.0.1:1/\": dial tcp 127.0.0.1:1: connect: connection refused"},"status_code":0}"#
        ),
        (#"{"method": "get", "url": "http://example.com/"}"#, "eval_builtin_error: http.send: unallowed host: example.com"),
        (
            #"{"method": "get", "url": "http://127.0.0.1@example.com/"}"#,
            "eval_builtin_error: http.send: unallowed host: example.com"
        ),
        (#"{"method": "get", "url": "http://[::1]:80/"}"#, "eval_builtin_error: http.send: unallowed host: ::1"),
        (
            #"{"method": "get", "url": "http://example.com/", "raise_error": false}"#,
            #"{"error":{"code":"eval_http_send_internal_error","message":"unallowed host: example.com"},"status_code":0}"#
        ),
    ]

    @Test(arguments: failures.indices) func failure(index: Int) throws {
        let (request, wanted) = Self.failures[index]
        #expect(try Self.ask("http.send(\(request))", access: Self.loopback) == wanted, "\(request)")
    }

    @Test func isOffWithoutAccess() throws {
        let server = try Self.echo()
        let query = #"http.send({"method": "get", "url": "U/json"})"#
        #expect(try Self.ask(query, server, access: nil) == "eval_builtin_error: http.send: unallowed host: 127.0.0.1")
        #expect(server.log.requests.isEmpty)
    }

    // MARK: Caches

    @Test func equalRequestsOfAQueryHaveOneAnswer() throws {
        let server = try LoopbackServer { _, count in .init(body: "\(count)") }
        let send = #"http.send({"method": "get", "url": "U/A"}).raw_body"#
        let query = "[\(send), \(send), \(send.replacingOccurrences(of: "A", with: "B"))]"
        #expect(try Self.ask(query, server, access: Self.loopback) == #"["0","0","1"]"#)
        #expect(try Self.ask(send, server, access: Self.loopback) == #""2""#)
    }

    struct Kept: Sendable, CustomTestStringConvertible {
        var options: String
        var headers: [(String, String)] = []
        var status = 200
        /// Seconds from the first query to the second.
        var later: Int64
        /// Whether the second query asks the server.
        var asks: Bool
        var testDescription: String { "\(options) \(headers) \(status) +\(later)" }
    }

    static let date = ("Date", "Fri, 15 Jan 2027 08:00:00 GMT")
    static let kept: [Kept] = [
        Kept(options: "", headers: [date, ("Cache-Control", "max-age=60")], later: 1, asks: true),
        Kept(options: #", "cache": true"#, headers: [date, ("Cache-Control", "max-age=60")], later: 59, asks: false),
        Kept(options: #", "cache": true"#, headers: [date, ("Cache-Control", "max-age=60")], later: 60, asks: true),
        Kept(
            options: #", "cache": true, "caching_mode": "deserialized""#, headers: [date, ("Cache-Control", "max-age=60")],
            later: 59, asks: false),
        Kept(options: #", "cache": true"#, headers: [date, ("Cache-Control", "no-store, max-age=60")], later: 1, asks: true),
        Kept(options: #", "cache": true"#, headers: [date, ("Cache-Control", "no-cache, max-age=60")], later: 1, asks: true),
        Kept(options: #", "cache": true"#, headers: [("Cache-Control", "max-age=60")], later: 1, asks: true),
        Kept(
            options: #", "cache": true"#, headers: [date, ("Expires", "Fri, 15 Jan 2027 08:01:00 GMT")], later: 59, asks: false),
        Kept(options: #", "cache": true"#, headers: [date, ("Expires", "Fri, 15 Jan 2027 08:01:00 GMT")], later: 61, asks: true),
        Kept(
            options: #", "cache": true"#, headers: [date, ("Expires", "Fri, 31 Dec 9999 23:59:59 GMT")], later: 99, asks: false),
        Kept(
            options: #", "cache": true"#,
            headers: [("Date", "Fri, 31 Dec 9999 23:59:59 GMT"), ("Cache-Control", "max-age=99999999999999")], later: 99,
            asks: false),
        Kept(options: #", "cache": true"#, headers: [date], later: 1, asks: true),
        Kept(options: #", "cache": true"#, headers: [date, ("Cache-Control", "max-age=60")], status: 500, later: 1, asks: true),
        Kept(
            options: #", "force_cache": true, "force_cache_duration_seconds": 10"#, headers: [("Cache-Control", "no-store")],
            later: 9, asks: false),
        Kept(options: #", "force_cache": true, "force_cache_duration_seconds": 10"#, later: 10, asks: true),
    ]

    @Test(arguments: kept) func responsesAreKept(_ kept: Kept) throws {
        let server = try LoopbackServer { _, count in .init(status: kept.status, headers: kept.headers, body: "\(count)") }
        let access = NetworkAccess(allowedHosts: ["127.0.0.1"])
        let query = #"http.send({"method": "get", "url": "U/"\#(kept.options)}).raw_body"#
        let start: Int64 = 1_800_000_000_000_000_000  // the same instant as `date`
        #expect(try Self.ask(query, server, access: access, now: start) == #""0""#)
        let second = try Self.ask(query, server, access: access, now: start + kept.later * 1_000_000_000)
        #expect(second == (kept.asks ? #""1""# : #""0""#))
    }

    @Test func staleResponsesAreAskedFor() throws {
        let server = try LoopbackServer { request, count in
            let isKnown = request.headers.first(name: "if-none-match") == "\"v1\""
            return .init(
                status: isKnown ? 304 : 200, headers: [Self.date, ("ETag", "\"v1\""), ("Cache-Control", "max-age=0")],
                body: isKnown ? "" : "\(count)")
        }
        let access = NetworkAccess(allowedHosts: ["127.0.0.1"])
        let query = #"[x | r := http.send({"method": "get", "url": "U/", "cache": true}); x := [r.raw_body, r.status_code]]"#
        #expect(try Self.ask(query, server, access: access) == #"[["0",200]]"#)
        #expect(try Self.ask(query, server, access: access) == #"[["0",200]]"#)
        #expect(server.log.requests.count == 2)
    }

    @Test func retries() throws {
        let request = #"http.send({"method": "get", "url": "U/", "max_retry_attempts": 2, "raise_error": false}).status_code"#
        let start = Date()
        #expect(try Self.ask(request, access: Self.loopback) == "0")
        #expect(Date().timeIntervalSince(start) >= 0.25)
    }

    @Test func theBudgetEndsTheWait() throws {
        let server = try Self.echo()
        let start = Date()
        let result = try Self.ask(
            #"http.send({"method": "get", "url": "U/slow", "raise_error": false})"#, server, access: Self.loopback,
            budget: Budget(instructions: 1_000_000, memory: 64 << 20, time: 200_000_000))
        #expect(result.hasPrefix("eval_cancel_error: "), "\(result)")
        #expect(Date().timeIntervalSince(start) < 1.2)
    }

    // MARK: TLS

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../TLS").standardized

    @Test func verifiesServers() throws {
        let certificate = Self.folder.appending(path: "certificate.pem").path
        let key = Self.folder.appending(path: "key.pem").path
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
        let server = try LoopbackServer(tls: NIOSSLContext(configuration: configuration)) { _, _ in .init(body: "ok") }
        func status(_ options: String, _ server: LoopbackServer) throws -> String {
            let request = #"{"method": "get", "url": "U/", "raise_error": false, \#(options)}"#
            return try Self.ask("http.send(\(request)).status_code", server, scheme: "https", access: Self.loopback)
        }
        let trusted = #""tls_ca_cert_file": "\#(certificate)""#
        #expect(try status(#""timeout": "3s""#, server) == "0")
        #expect(try status(trusted, server) == "0")
        #expect(try status(trusted + #", "tls_server_name": "policy.test""#, server) == "200")
        #expect(try status(trusted + #", "tls_server_name": "other.test""#, server) == "0")
        #expect(try status(trusted + #", "headers": {"Host": "policy.test"}"#, server) == "200")
        #expect(try status(#""tls_insecure_skip_verify": true"#, server) == "200")
        #expect(try status(#""tls_use_system_certs": false, "tls_server_name": "policy.test""#, server) == "0")

        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .file(certificate)
        let strict = try LoopbackServer(tls: NIOSSLContext(configuration: configuration)) { _, _ in .init(body: "ok") }
        let named = trusted + #", "tls_server_name": "policy.test""#
        #expect(try status(named, strict) == "0")
        let own = #", "tls_client_cert_file": "\#(certificate)", "tls_client_key_file": "\#(key)""#
        #expect(try status(named + own, strict) == "200")
        let texts = try (String(contentsOfFile: certificate, encoding: .utf8), String(contentsOfFile: key, encoding: .utf8))
        let access = NetworkAccess(allowedHosts: ["127.0.0.1"], environment: ["CERT": texts.0, "KEY": texts.1])
        let variables =
            #"{"method": "get", "url": "U/", \#(named), "tls_client_cert_env_variable": "CERT", "tls_client_key_env_variable": "KEY"}"#
        #expect(try Self.ask("http.send(\(variables)).status_code", strict, scheme: "https", access: access) == "200")
        #expect(
            try Self.ask("http.send(\(variables))", strict, scheme: "https", access: Self.loopback).contains(
                "is not set or not allowed"))
    }

    // MARK: Names

    @Test(arguments: [
        (#"net.lookup_ip_addr("1.2.3.4")"#, "eval_builtin_error: net.lookup_ip_addr: unallowed host: 1.2.3.4"),
        (#"net.lookup_ip_addr("localhost")"#, "eval_builtin_error: net.lookup_ip_addr: unallowed host: localhost"),
        (#"net.lookup_ip_addr("127.0.0.1")"#, #"["127.0.0.1"]"#),
    ])
    func lookups(query: String, wanted: String) throws {
        #expect(try Self.ask(query, access: Self.loopback) == wanted)
    }

    /// Without access, what needs no network is answered, and nothing else.
    @Test func lookupsWithoutAccess() throws {
        #expect(try Self.ask(#"net.lookup_ip_addr("::1")"#, access: nil) == #"["::1"]"#)
        #expect(
            try Self.ask(#"net.lookup_ip_addr("example.com")"#, access: nil)
                == "eval_builtin_error: net.lookup_ip_addr: unallowed host: example.com")
        let access = NetworkAccess(allowedHosts: ["no-such-name.invalid", "LOCALHOST"])
        #expect(
            try Self.ask(#"net.lookup_ip_addr("no-such-name.invalid")"#, access: access)
                == "eval_builtin_error: net.lookup_ip_addr: lookup no-such-name.invalid: no such host")
        #expect(try Self.ask(#"net.lookup_ip_addr("localhost")"#, access: access).contains("1"))
    }
}
