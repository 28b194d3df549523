import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Rego
import Testing
@testable import Webhook

/// The server over real TLS on the loopback interface.
@Suite(.serialized) struct ServerTests {
    static func body(_ request: String, version: String = "v1") -> String {
        #"{"apiVersion":"admission.k8s.io/\#(version)","kind":"AdmissionReview","request":\#(request)}"#
    }

    static let modules = ["main.rego": AdmissionControllerTests.conftest, "webhook.rego": AdmissionControllerTests.review]
    static let allowed = body(
        AdmissionControllerTests.request("CREATE", object: AdmissionControllerTests.pod(more: #","labels":{"team":"a"}"#)))
    static let denied = body(
        AdmissionControllerTests.request("CREATE", object: AdmissionControllerTests.pod(privileged: true)))

    /// The whole answer to every operation, byte for byte.
    @Test func operations() async throws {
        try await RunningServer.run(ServedPolicies(Self.modules)) { server in
            let client = try RunningServer.client()
            for (name, body, response) in Self.expected {
                let answer = try await server.send(client, .POST, "/v1/admit?timeout=3s", body: body)
                #expect(answer.status == .ok)
                #expect(answer.headers["Content-Type"] == ["application/json"])
                #expect(
                    answer.text
                        == #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"u-1",\#(response)}}"#,
                    "\(name)")
                _ = try ReviewedResponse(answer.body)
            }
            try await client.shutdown()
        }
    }

    static let expected: [(String, String, String)] = {
        typealias Tests = AdmissionControllerTests
        func failure(_ message: String) -> String {
            #""allowed":false,"status":{"status":"Failure","message":"\#(message)","reason":"Forbidden","code":403}"#
        }
        return [
            ("CREATE", allowed, #""allowed":true,"auditAnnotations":{"evaluated":"3"}"#),
            (
                "CREATE denied", denied,
                failure(#"[main.deny] container \"app\" is privileged"#)
                    + #","auditAnnotations":{"evaluated":"3","denied-by":"main.deny","warned-by":"main.warn"},"warnings":["[main.warn] no team label"]"#
            ),
            (
                "UPDATE",
                body(
                    Tests.request(
                        "UPDATE", object: Tests.pod(image: "b", more: #","labels":{"team":"a"}"#), oldObject: Tests.pod())),
                failure("[webhook.deny] the image may not change")
                    + #","auditAnnotations":{"evaluated":"3","denied-by":"webhook.deny"}"#
            ),
            (
                "DELETE", body(Tests.request("DELETE", oldObject: Tests.pod(more: #","labels":{"keep":"yes"}"#))),
                failure("[webhook.deny] web must be kept, ann")
                    + #","auditAnnotations":{"evaluated":"1","denied-by":"webhook.deny"}"#
            ),
            (
                "CONNECT",
                body(
                    Tests.request(
                        "CONNECT", kind: Tests.execKind, subresource: "exec",
                        object: #"{"apiVersion":"v1","kind":"PodExecOptions"}"#)),
                failure("[webhook.deny] no exec into web") + #","auditAnnotations":{"evaluated":"3","denied-by":"webhook.deny"}"#
            ),
        ]
    }()

    struct Refusal: Sendable {
        var name: String
        var method = HTTPMethod.POST
        var path = "/v1/admit"
        var body: String? = ServerTests.allowed
        var headers: HTTPHeaders = ["Content-Type": "application/json"]
        var status: UInt
    }

    static let refusals: [Refusal] = [
        Refusal(name: "not JSON", headers: ["Content-Type": "text/plain"], status: 415),
        Refusal(name: "with charset", headers: ["Content-Type": "application/json; charset=utf-8"], status: 200),
        Refusal(name: "without type", headers: [:], status: 200),
        Refusal(name: "truncated", body: String(allowed.dropLast(5)), status: 400),
        Refusal(name: "empty", body: "", status: 400),
        Refusal(name: "unknown coding", headers: ["Content-Type": "application/json", "Content-Encoding": "br"], status: 415),
        Refusal(name: "not gzip", headers: ["Content-Type": "application/json", "Content-Encoding": "gzip"], status: 400),
        Refusal(name: "wrong method", method: .GET, body: nil, headers: [:], status: 405),
        Refusal(name: "unknown path", path: "/v1/mutate", status: 404),
        Refusal(name: "unknown profile", path: "/v1/admit/nobody", status: 404),
        Refusal(name: "profile", path: "/v1/admit/baseline", status: 200),
        Refusal(name: "bad timeout", path: "/v1/admit?timeout=soon", status: 400),
        Refusal(name: "health", method: .GET, path: "/healthz", body: nil, headers: [:], status: 200),
        Refusal(name: "live", method: .GET, path: "/livez", body: nil, headers: [:], status: 200),
        Refusal(name: "ready", method: .GET, path: "/readyz", body: nil, headers: [:], status: 200),
        Refusal(name: "OPA's health", method: .GET, path: "/health", body: nil, headers: [:], status: 200),
        Refusal(name: "metrics", method: .GET, path: "/metrics", body: nil, headers: [:], status: 200),
        Refusal(name: "head", method: .HEAD, path: "/healthz", body: nil, headers: [:], status: 200),
    ]

    @Test func statuses() async throws {
        try await RunningServer.run(ServedPolicies(Self.modules, builtin: true)) { server in
            let client = try RunningServer.client()
            for refusal in Self.refusals {
                let answer = try await server.send(
                    client, refusal.method, refusal.path, body: refusal.body, headers: refusal.headers)
                #expect(answer.status.code == refusal.status, "\(refusal.name): \(answer.text)")
            }
            // None of it has done the server any harm.
            #expect(try await server.send(client, .POST, "/v1/admit", body: Self.allowed).text.contains("[LT-POD-066]"))
            try await client.shutdown()
        }
    }

    private struct Compressed {
        var name: String
        var bytes: [UInt8]
        var coding = "gzip"
        var status: UInt
    }

    private static let compressedBodies: [Compressed] = {
        let review = Array(allowed.utf8), blanks = [UInt8](repeating: 0x20, count: 700_000)
        let whole = Gzip.compress(review)
        return [
            Compressed(name: "gzip", bytes: whole, status: 200),
            Compressed(name: "coding in capitals", bytes: whole, coding: "GZIP", status: 200),
            Compressed(
                name: "two members", bytes: Gzip.compress(Array(review[..<20])) + Gzip.compress(Array(review[20...])), status: 200
            ),
            Compressed(name: "deflate", bytes: stored(review), coding: "deflate", status: 200),
            Compressed(name: "gzip as deflate", bytes: whole, coding: "deflate", status: 400),
            Compressed(name: "large", bytes: Gzip.compress(review + blanks), status: 200),
            Compressed(name: "too large", bytes: Gzip.compress([UInt8](repeating: 0x20, count: 5_000_000)), status: 413),
            Compressed(name: "cut off", bytes: Array(whole.dropLast(9)), status: 400),
            Compressed(name: "something after the end", bytes: whole + [1, 2, 3], status: 400),
            Compressed(name: "twice", bytes: Gzip.compress(whole), status: 400),
        ]
    }()

    /// One stored block as RFC 1950 and 1951 have it.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        let (length, complement) = (bytes.count & 0xFFFF, ~bytes.count & 0xFFFF)
        var (a, b) = (1, 0)
        for byte in bytes { (a, b) = ((a + Int(byte)) % 65_521, (b + a + Int(byte)) % 65_521) }
        let head = [0x78, 0x01, 0x01, length & 0xFF, length >> 8, complement & 0xFF, complement >> 8]
        return head.map(UInt8.init) + bytes + [b >> 8, b & 0xFF, a >> 8, a & 0xFF].map(UInt8.init)
    }

    /// Bodies come and go compressed, and a small one that holds much is too large.
    @Test func compression() async throws {
        var limits = ServerLimits()
        limits.bodySize = 1_000_000
        let list = "package big\nlist := [x | some n in numbers.range(1, 2000); x := \"item\"]\n"
        try await RunningServer.run(ServedPolicies(Self.modules.merging(["big.rego": list]) { $1 }), limits: limits) { server in
            let client = try RunningServer.client()
            for sent in Self.compressedBodies {
                var request = HTTPClientRequest(url: "https://localhost:\(server.port)/v1/admit")
                request.method = .POST
                request.headers = ["Content-Type": "application/json", "Content-Encoding": sent.coding]
                request.body = .bytes(ByteBuffer(bytes: sent.bytes))
                let response = try await client.execute(request, timeout: .seconds(10))
                #expect(response.status.code == sent.status, "\(sent.name)")
                let body = try? await response.body.collect(upTo: 1 << 20)
                if sent.status == 200 {
                    #expect(body.map { String(buffer: $0) }?.contains("\"allowed\":true") == true, "\(sent.name)")
                }
            }
            let answer = try await server.send(client, .GET, "/v1/data/big/list", headers: ["Accept-Encoding": "gzip"])
            #expect(answer.headers["Content-Encoding"] == ["gzip"])
            #expect(try Gzip.expand(answer.body, limit: 1 << 20).count > 10_000)
            let plain = try await server.send(client, .GET, "/v1/data/big/list")
            #expect(plain.headers["Content-Encoding"] == [])
            try await client.shutdown()
        }
    }

    @Test func traceContext() async throws {
        try await RunningServer.run(ServedPolicies(Self.modules)) { server in
            let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            let headers: HTTPHeaders = ["Content-Type": "application/json", "traceparent": trace]
            let passedOn = try await server.send(.POST, "/v1/admit", body: Self.allowed, headers: headers)
            #expect(passedOn.headers["traceparent"] == [trace])
            let wrong: HTTPHeaders = ["Content-Type": "application/json", "traceparent": "x"]
            let ignored = try await server.send(.POST, "/v1/admit", body: Self.allowed, headers: wrong)
            #expect(ignored.headers["traceparent"] == [])
        }
    }

    // MARK: Sizes and slowness

    @Test func oversize() async throws {
        var limits = ServerLimits()
        limits.bodySize = 10_000
        try await RunningServer.run(ServedPolicies(Self.modules), limits: limits) { server in
            let large = try await server.exchange(
                ["POST /v1/admit HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n", String(repeating: "a", count: 5000)],
                waiting: .seconds(3))
            #expect(large.hasPrefix("HTTP/1.1 413 "))
            #expect(large.contains("Connection: close"))
            let chunk = "1000\r\n" + String(repeating: "a", count: 4096) + "\r\n"
            let chunked = try await server.exchange(
                ["POST /v1/admit HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", chunk, chunk, chunk],
                waiting: .seconds(3))
            #expect(chunked.hasPrefix("HTTP/1.1 413 "))
            let text = server.service.metrics.registry.text()
            #expect(text.contains("lintel_oversize_requests_total 2"))
        }
    }

    @Test(arguments: [
        ("not HTTP", "GARBAGE\r\n\r\n", "HTTP/1.1 400 "),
        (
            "two lengths", "POST /v1/admit HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "HTTP/1.1 400 "
        ),
        (
            "long header", "GET /healthz HTTP/1.1\r\nHost: x\r\nA: \(String(repeating: "a", count: 80_000))\r\n\r\n",
            "HTTP/1.1 400 "
        ),
        ("many headers", "GET /healthz HTTP/1.1\r\nHost: x\r\n\(String(repeating: "A: b\r\n", count: 500))\r\n", "HTTP/1.1 400 "),
        (
            "expectation",
            "POST /v1/data HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK"
        ),
        ("HTTP/1.0", "GET /healthz HTTP/1.0\r\n\r\n", "HTTP/1.1 200 OK"),
        (
            "pipelined", "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 200 OK"
        ),
    ])
    func wire(_ name: String, _ text: String, _ start: String) async throws {
        try await RunningServer.run(ServedPolicies(Self.modules)) { server in
            let answer = try await server.exchange([text])
            #expect(answer.hasPrefix(start), "\(name): \(answer.prefix(300))")
            if name == "pipelined" { #expect(answer.split(separator: "HTTP/1.1 200 OK").count == 2) }
        }
    }

    /// A head that trickles in, a body that stops, and a handshake that never comes are cut off.
    @Test func slowClients() async throws {
        var limits = ServerLimits()
        limits.receiveTimeout = 500_000_000
        try await RunningServer.run(ServedPolicies(Self.modules), limits: limits) { server in
            let trickle = Array(repeating: "A", count: 12)
            let head = try await server.exchange(["GET /healthz HTTP/1.1\r\n"] + trickle, pause: .milliseconds(200))
            #expect(head.hasPrefix("HTTP/1.1 408 "))
            let body = try await server.exchange(["POST /v1/admit HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"])
            #expect(body.hasPrefix("HTTP/1.1 408 "))
            #expect(try await server.send(.POST, "/v1/admit", body: Self.allowed).status == .ok)
        }
    }

    /// More waiting requests than there is room for are told to come again; none is lost or wrong.
    @Test func overload() async throws {
        var limits = ServerLimits()
        (limits.workers, limits.patientWorkers, limits.queue) = (1, 1, 2)
        limits.quickTime = 20_000_000
        let hostile = Self.body(
            AdmissionControllerTests.request(
                "CREATE", object: AdmissionControllerTests.pod(more: #","labels":{"hostile":"yes"}"#)))
        try await RunningServer.run(ServedPolicies(["main.rego": AdmissionControllerTests.endless]), limits: limits) { server in
            let client = try RunningServer.client()
            let statuses = try await withThrowingTaskGroup(of: (Bool, UInt, String).self) { group in
                for index in 0..<24 {
                    group.addTask {
                        let isHostile = index % 2 == 0
                        let answer = try await server.send(
                            client, .POST, "/v1/admit?timeout=2s", body: isHostile ? hostile : Self.allowed)
                        return (isHostile, answer.status.code, answer.headers.first(name: "Retry-After") ?? "")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for (_, status, retry) in statuses {
                #expect(status == 200 || status == 429 && retry == "1")
            }
            #expect(statuses.contains { $0.1 == 429 })
            #expect(try await server.send(client, .POST, "/v1/admit", body: Self.allowed).text.contains(#""allowed":true"#))
            try await client.shutdown()
        }
    }

    /// While objects that are dear to judge keep their lane busy, cheap ones are answered at once.
    @Test func hostileObjectsDoNotSlowOthers() async throws {
        var limits = ServerLimits()
        (limits.workers, limits.patientWorkers, limits.quickTime) = (1, 1, 10_000_000)
        let hostile = Self.body(
            AdmissionControllerTests.request(
                "CREATE", object: AdmissionControllerTests.pod(more: #","labels":{"hostile":"yes"}"#)))
        try await RunningServer.run(ServedPolicies(["main.rego": AdmissionControllerTests.endless]), limits: limits) { server in
            let client = try RunningServer.client()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        let answer = try await server.send(client, .POST, "/v1/admit?timeout=3s", body: hostile)
                        #expect(try ReviewedResponse(answer.body).isAllowed == false)
                    }
                }
                try await Task.sleep(for: .milliseconds(300))
                for _ in 0..<10 {
                    let start = ContinuousClock.now
                    let answer = try await server.send(client, .POST, "/v1/admit", body: Self.allowed)
                    #expect(answer.text.contains(#""allowed":true"#))
                    #expect(ContinuousClock.now - start < .milliseconds(1000))
                }
                try await group.waitForAll()
            }
            try await client.shutdown()
        }
    }

    // MARK: TLS

    @Test(arguments: [(nil, 401), ("client", 200), ("stranger", 403)] as [(String?, UInt)])
    func clientCertificates(_ certificate: String?, _ status: UInt) async throws {
        try await RunningServer.run(ServedPolicies(Self.modules), clients: ClientNames(["kube-apiserver"])) { server in
            let answer = try await server.send(.POST, "/v1/admit", body: Self.allowed, certificate: certificate)
            #expect(answer.status.code == status)
            // Probes of the kubelet have no certificate.
            #expect(try await server.send(.GET, "/readyz", certificate: certificate).status == .ok)
        }
    }

    @Test func foreignClientCertificate() async throws {
        try await RunningServer.run(ServedPolicies(Self.modules), clients: ClientNames([])) { server in
            await #expect(throws: (any Error).self) {
                _ = try await server.send(.POST, "/v1/admit", body: Self.allowed, certificate: "foreign")
            }
        }
    }

    @Test func certificateFilesThatDoNotFit() throws {
        func path(_ name: String) -> String { RunningServer.tls.appendingPathComponent(name).path }
        for (certificate, key) in [
            ("server.crt", "rotated.key"), ("server.key", "server.key"), ("server.crt", "ca.crt"), ("none", "server.key"),
        ] {
            #expect(throws: CertificateProblem.self) {
                _ = try CertificateStore(CertificateFiles(certificate: path(certificate), key: path(key)))
            }
        }
    }

    /// Links are turned as the kubelet does it; the open connection goes on, the next one sees the new certificate.
    @Test func rotation() async throws {
        let folder = try SecretVolume(["tls.crt": "server.crt", "tls.key": "server.key"])
        let files = CertificateFiles(certificate: folder.path("tls.crt"), key: folder.path("tls.key"))
        try await RunningServer.run(ServedPolicies(Self.modules), certificates: files) { server in
            let client = try RunningServer.client()
            #expect(try await server.send(client, .GET, "/healthz").status == .ok)
            let old = try await server.peerCertificate()
            try folder.publish(["tls.crt": "rotated.crt", "tls.key": "server.key"])
            try await Task.sleep(for: .milliseconds(800))
            #expect(try await server.peerCertificate() == old)
            try folder.publish(["tls.crt": "rotated.crt", "tls.key": "rotated.key"])
            try await Task.sleep(for: .seconds(1))
            #expect(try await server.peerCertificate() != old)
            #expect(try await server.send(client, .GET, "/healthz").status == .ok)
            let text = server.service.metrics.registry.text()
            #expect(text.contains(#"lintel_reload_total{result="error",what="certificate"} 1"#))
            #expect(text.contains("lintel_certificate_expiry_seconds 4"))
            try await client.shutdown()
        }
    }
}

/// Certificates of the fixtures in a mounted Secret.
final class SecretVolume: Sendable {
    private let volume: MountedVolume

    init(_ files: [String: String]) throws { volume = try MountedVolume(Self.contents(files)) }

    func path(_ name: String) -> String { volume.path(name) }

    func publish(_ files: [String: String]) throws { try volume.publish(Self.contents(files)) }

    private static func contents(_ files: [String: String]) throws -> [String: Data] {
        try files.mapValues { try Data(contentsOf: RunningServer.tls.appendingPathComponent($0)) }
    }
}
