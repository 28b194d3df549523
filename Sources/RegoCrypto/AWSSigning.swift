import Crypto
import Documents
import FoundationEssentials
import GoLibrary
import RegoRuntime
import Text

extension RegoCrypto {
    private static let json = RegoType.object(.string, .any)

    /// Signed requests to Amazon Web Services (OPA policy reference, "AWS").
    static let aws: [Builtin] = [
        Builtin(
            "providers.aws.sign_req", help: "(request, config, time) The request with a signature of AWS, version 4.", json, json,
            .number, returns: .anyObject, work: .content(perKibibyte: 2048, base: 500)
        ) { call in
            guard let request = call.objectOperand(0) else { return .undefined }
            let settings = call[1]
            guard settings.kind == .object else {
                return call.typeFailure("operand 1 must be object but got \(settings.typeName)")
            }
            // In OPA's order, which decides what a call with several mistakes is told.
            let required = ["aws_access_key", "aws_region", "aws_secret_access_key", "aws_service"]
            let what = "AWS config parameters(s)"
            guard has(settings, required, "operand 2", what, &call), areTexts(settings, required, "operand 2", what, &call)
            else { return .undefined }
            // OPA numbers these operands 1.
            guard call[2].isNumber else { return call.typeFailure("operand 1 must be number but got \(call[2].typeName)") }
            guard let time = call[2].intValue else {
                return call.typeFailure("operand 3 could not convert time_ns value into a unix timestamp")
            }
            let unknown = request.keys.filter { !RequestMembers.all.contains($0.stringValue ?? "") }
            if !unknown.isEmpty {
                let list = unknown.map { RegoTermWriter.string($0) }.joined(separator: ", ")
                return call.typeFailure("operand 1 invalid request parameters(s): {\(list)}")
            }
            guard has(request, ["method", "url"], "operand 1", "request parameters(s)", &call) else { return .undefined }
            let headers = request.field("headers")
            if headers.isDefined, headers.kind != .object {
                return call.typeFailure("operand 0 must be object but got \(headers.typeName)")
            }
            guard areTexts(request, ["method", "url"], "operand 1", "request parameters(s)", &call) else { return .undefined }
            let disablesPayload = settings.field("disable_payload_signing")
            let isSetting = disablesPayload.isUndefined || disablesPayload.boolValue != nil
            do throws(AWSRequest.Problem) { try AWSRequest.check(request) } catch { return call.fail(error.message) }
            if !isSetting {
                return call.typeFailure("operand 2 invalid value for 'disable_payload_signing' in AWS config")
            }
            do throws(AWSRequest.Problem) {
                let signed = try AWSRequest(request, settings, nanoseconds: time)
                return signed.value(in: call.arena)
            } catch { return call.fail(error.message) }
        }
    ]

    private static func has(
        _ object: Value, _ names: [String], _ operand: String, _ what: String, _ call: inout BuiltinCall
    ) -> Bool {
        let missing = names.filter { object.field(named: $0).isUndefined }
        if !missing.isEmpty { _ = call.typeFailure("\(operand) missing required \(what): \(list(missing))") }
        return missing.isEmpty
    }

    private static func areTexts(
        _ object: Value, _ names: [String], _ operand: String, _ what: String, _ call: inout BuiltinCall
    ) -> Bool {
        let invalid = names.filter { object.field(named: $0).kind != .string }
        if !invalid.isEmpty { _ = call.typeFailure("\(operand) invalid values for required \(what): \(list(invalid))") }
        return invalid.isEmpty
    }

    private static func list(_ names: [String]) -> String { "{" + names.map { "\"\($0)\"" }.joined(separator: ", ") + "}" }
}

/// A request with a Signature Version 4 (AWS General Reference).
struct AWSRequest {
    struct Problem: Error {
        var message: String
    }

    private let request: Value
    private var headers: [(name: String, value: String)] = []
    private var added: [String: String] = [:]
    private var authorization = ""

    /// Headers that proxies may change and that are therefore not signed.
    private static let unsigned: Set<String> = ["authorization", "user-agent", "x-amzn-trace-id"]

    init(_ request: Value, _ settings: Value, nanoseconds: Int64) throws(Problem) {
        self.request = request
        func setting(_ name: StaticString) -> String { settings.field(name).stringValue ?? "" }
        let service = setting("aws_service")
        let url = try Target(request.field("url").string)
        let body = Self.body(of: request)
        let (time, day) = Self.timestamps(nanoseconds)
        let isUnsigned = settings.field("disable_payload_signing").isTrue
        let digest = isUnsigned ? "UNSIGNED-PAYLOAD" : Hex.text(SHA256.hash(data: body))

        if request.field("headers").isDefined {
            let given = request.field("headers")
            // As OPA does, what is no string is signed and sent as an empty one.
            headers = zip(given.keys, given.values)
                .map { ($0.stringValue ?? RegoTermWriter.string($0), $1.kind == .string ? $1.string : "") }
        }
        added = ["host": url.host, "x-amz-date": time]
        if service == "s3" || service == "glacier" { added["x-amz-content-sha256"] = digest }
        if !setting("aws_session_token").isEmpty { added["x-amz-security-token"] = setting("aws_session_token") }

        var signed: [String: String] = [:]
        for (name, value) in headers where !Self.unsigned.contains(name.lowercased()) {
            signed[name.lowercased()] = value
        }
        signed.merge(added) { own, _ in own }  // as OPA does: a header of the caller is signed as it was
        let names = signed.keys.sorted()
        let list = names.joined(separator: ";")
        let lines = names.map { "\($0):\(signed[$0] ?? "")\n" }.joined()
        let method = request.field("method").string
        let canonical = "\(method)\n\(url.path)\n\(url.query)\n\(lines)\n\(list)\n\(digest)"
        let scope = "\(day)/\(setting("aws_region"))/\(service)/aws4_request"
        let summary = Hex.text(SHA256.hash(data: Array(canonical.utf8)))
        var key = Array("AWS4\(setting("aws_secret_access_key"))".utf8)
        for part in scope.split(separator: "/", omittingEmptySubsequences: false) { key = Self.code(key, String(part)) }
        let signature = Self.code(key, "AWS4-HMAC-SHA256\n\(time)\n\(scope)\n\(summary)")
        authorization =
            "AWS4-HMAC-SHA256 Credential=\(setting("aws_access_key"))/\(scope),SignedHeaders=\(list),"
            + "Signature=\(Hex.text(signature))"
    }

    /// Whether the request can be sent.
    static func check(_ request: Value) throws(Problem) { _ = try Target(request.field("url").string) }

    /// The request with its headers complete.
    func value(in arena: Arena) -> Value {
        var all = headers.map { ObjectEntry(key: arena.string($0.name), value: arena.string($0.value)) }
        all += added.map { ObjectEntry(key: arena.string($0.key), value: arena.string($0.value)) }
        all.append(ObjectEntry(key: arena.string("Authorization"), value: arena.string(authorization)))
        var members = zip(request.keys, request.values).map { ObjectEntry(key: $0, value: $1) }
        members.append(ObjectEntry(key: arena.string("headers"), value: arena.object(all)))
        return arena.object(members)
    }

    private static func body(of request: Value) -> [UInt8] {
        let (raw, body) = (request.field("raw_body"), request.field("body"))
        if raw.isDefined {
            // As OPA does, what is no string is an empty body.
            return raw.kind == .string ? Array(raw.utf8) : []
        }
        if body.isUndefined { return [] }
        var bytes: [UInt8] = []
        JSONWriter.append(body, to: &bytes)
        return bytes
    }

    private static func code(_ key: [UInt8], _ message: String) -> [UInt8] {
        HMAC<SHA256>.authenticationCode(for: Array(message.utf8), using: SymmetricKey(data: key)).map { $0 }
    }

    private static func timestamps(_ nanoseconds: Int64) -> (time: String, day: String) {
        let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        let time = UTCTime(seconds: Int(seconds) - (rest < 0 ? 1 : 0))
        return ("\(time.date)T\(time.clock)Z", time.date)
    }

    /// The parts of a URL that are signed.
    private struct Target {
        var host: String
        var path = ""
        var query = ""

        init(_ text: String) throws(Problem) {
            let url: URI
            do throws(URLEscaping.Invalid) { url = try URI(text.utf8) } catch {
                throw Problem(message: error.message(parsing: text))
            }
            host = String(decoding: url.host, as: UTF8.self)
            path = String(decoding: url.escapedPath, as: UTF8.self)
            query = String(decoding: url.query, as: UTF8.self)
        }
    }
}
