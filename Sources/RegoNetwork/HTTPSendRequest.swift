import Documents
import GoLibrary
import RegoRuntime

/// The object that `http.send` takes, checked (OPA policy reference, "HTTP").
struct HTTPSendRequest {
    /// Why it cannot be sent.
    enum Problem: Error {
        /// A mistake in the object itself, a type error of the operand.
        case operand(String)
        case other(String)
        /// What Go's client refuses before it connects, which counts as a failure of the network.
        case client(String)
    }

    /// A response is used again from query to query.
    enum Reuse {
        /// While its own headers allow.
        case byHeaders
        /// For this many seconds.
        case forced(Int64)
    }

    var method = ""
    var url = ""
    var body: [UInt8]?
    var headers: [(name: String, value: String)] = []
    /// Nanoseconds for an attempt.
    var timeout: Int64 = 5_000_000_000
    var followsRedirects = false
    var decodesJSON = false
    var decodesYAML = false
    var attempts = 1
    var reuse: Reuse?
    var tls = TLSSettings()

    /// The request as a key for responses, without the headers it says to ignore.
    private(set) var key = ""

    /// The longest a single attempt may take, whatever the request says.
    private static let longestTimeout: Int64 = 60_000_000_000
    private static let mostAttempts = 11

    /// Whether failures are errors of the call; without it they are part of the result.
    static func raisesErrors(_ object: Value) throws(Problem) -> Bool {
        let value = object.field("raise_error")
        if value.isUndefined { return true }
        guard let flag = value.boolValue else { throw .other("invalid value for raise_error field") }
        return flag
    }

    init(_ object: Value, environment: [String: String]) throws(Problem) {
        try Self.checkKeys(object)
        var rawBody: [UInt8]?
        for (key, value) in zip(object.keys, object.values) {
            let name = key.string
            var text = ""
            if RequestMembers.strings.contains(name) {
                guard value.kind == .string else { throw .other("\(GoText.quoted(name)) must be a string") }
                text = Self.trimmed(value.string)
            }
            switch name {
            case "method": method = text.uppercased()
            case "url": url = text
            case "raw_body": rawBody = Array(text.utf8)
            case "body":
                var json: [UInt8] = []
                JSONWriter.append(value, to: &json)
                body = json
            case "headers": try readHeaders(value)
            case "timeout": timeout = try Self.timeout(value)
            case "max_retry_attempts":
                guard let count = value.intValue else {
                    throw .other("invalid value \(RegoTermWriter.string(value)) for field \(GoText.quoted(name))")
                }
                attempts = Int(min(Int64(Self.mostAttempts), max(0, count) + 1))
            case "enable_redirect": followsRedirects = try Self.goBool(value)
            default: if name.hasPrefix("tls_") { try tls.set(name, text, value, environment) }
            }
        }
        if let rawBody { body = rawBody }
        guard Self.isToken(method) else { throw .other("net/http: invalid method \(GoText.quoted(method))") }
        try checkHeaders()
        decodesJSON = try Self.flag(object, "force_json_decode") ?? false
        decodesYAML = try Self.flag(object, "force_yaml_decode") ?? false
        reuse = try Self.reuse(object)
        if reuse != nil { try Self.checkCachingMode(object) }
        try tls.finish()
        key = try Self.key(object)
    }

    private static func checkKeys(_ object: Value) throws(Problem) {
        let unknown = object.keys.filter { key in
            guard let name = key.stringValue else { return true }
            return !RequestMembers.all.contains(name)
        }
        func set(_ items: [String]) -> String { "{" + items.joined(separator: ", ") + "}" }
        if !unknown.isEmpty {
            throw .operand("operand 1 invalid request parameters(s): \(set(unknown.map { RegoTermWriter.string($0) }))")
        }
        let missing = ["method", "url"].filter { object.field(named: $0).isUndefined }
        if !missing.isEmpty {
            throw .operand("operand 1 missing required request parameters(s): \(set(missing.map { GoText.quoted($0) }))")
        }
    }

    private static func invalid(_ name: String) -> Problem { .other("invalid value for \(GoText.quoted(name)) field") }

    private static func flag(_ object: Value, _ name: String) throws(Problem) -> Bool? {
        let value = object.field(named: name)
        if value.isUndefined { return nil }
        guard let flag = value.boolValue else { throw invalid(name) }
        return flag
    }

    private static func trimmed(_ text: String) -> String {
        var part = text[...]
        while part.hasPrefix("\"") { part.removeFirst() }
        while part.hasSuffix("\"") { part.removeLast() }
        return String(part)
    }

    private static func timeout(_ value: Value) throws(Problem) -> Int64 {
        var nanoseconds: Int64
        switch value.kind {
        case .int: nanoseconds = value.rawInt
        case .string:
            do throws(GoDuration.Problem) { nanoseconds = try GoDuration.parse(value.string) } catch {
                throw .other("invalid timeout value \(GoText.quoted(value.string)): \(error.message)")
            }
        case .decimal: throw .other("invalid timeout number value \(RegoTermWriter.string(value)), must be int64")
        default: throw .operand("operand 1 'timeout' must be one of {string, number} but got \(value.typeName)")
        }
        // For Go, nought is no limit.
        if nanoseconds <= 0 { nanoseconds = longestTimeout }
        return min(nanoseconds, longestTimeout)
    }

    private mutating func readHeaders(_ value: Value) throws(Problem) {
        guard value.kind == .object else { throw .other("invalid type for headers key") }
        for (name, value) in zip(value.keys, value.values) {
            guard let text = value.stringValue else {
                throw .other("invalid type for headers value \(GoText.quoted(JSONWriter.string(value)))")
            }
            headers.append((Self.canonical(name.stringValue ?? JSONWriter.string(name)), text))
        }
    }

    private func checkHeaders() throws(Problem) {
        for (name, value) in headers {
            let isName = Self.isToken(name)
            if isName, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) { continue }
            let what = isName ? "value for \(GoText.quoted(name))" : "name \(GoText.quoted(name))"
            throw .client(HTTPExchange.failure(method, url, "net/http: invalid header field \(what)"))
        }
    }

    /// Whether the text is a token as HTTP has methods and names of headers (RFC 9110, section 5.6.2).
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isAlphanumeric($0) || "!#$%&'*+-.^_`|~".utf8.contains($0) }
    }

    static func isHostName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { isAlphanumeric($0) || "-._".utf8.contains($0) }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    /// Each word of a header's name with a capital letter, as Go writes it.
    private static func canonical(_ name: String) -> String {
        guard isToken(name) else { return name }
        return name.split(separator: "-", omittingEmptySubsequences: false)
            .map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }.joined(separator: "-")
    }

    /// The flags that OPA reads with Go's `strconv.ParseBool`.
    static func goBool(_ value: Value) throws(Problem) -> Bool {
        let text = RegoTermWriter.string(value)
        switch text {
        case "true", "1": return true
        case "false", "0": return false
        default: throw .other("strconv.ParseBool: parsing \(GoText.quoted(text)): invalid syntax")
        }
    }

    private static func checkCachingMode(_ object: Value) throws(Problem) {
        let mode = object.field("caching_mode")
        if mode.isUndefined || ["serialized", "deserialized"].contains(mode.stringValue) { return }
        throw .other("invalid value specified for \"caching_mode\" field: \(RegoTermWriter.string(mode))")
    }

    private static func reuse(_ object: Value) throws(Problem) -> Reuse? {
        if try flag(object, "force_cache") ?? false {
            let seconds = object.field(named: "force_cache_duration_seconds")
            if seconds.isUndefined {
                throw .other("'force_cache' set but 'force_cache_duration_seconds' parameter is missing")
            }
            guard let count = seconds.intValue, count >= 0, count < 1 << 32 else {
                throw invalid("force_cache_duration_seconds")
            }
            return .forced(count)
        }
        return try flag(object, "cache") ?? false ? .byHeaders : nil
    }

    private static func key(_ object: Value) throws(Problem) -> String {
        let ignored = object.field(named: "cache_ignored_headers")
        if ignored.isUndefined || ignored.kind == .null { return RegoTermWriter.string(object) }
        guard ignored.kind == .array, ignored.elements.allSatisfy({ $0.kind == .string }) else {
            throw invalid("cache_ignored_headers")
        }
        let names = Set(ignored.elements.map { $0.string.lowercased() })
        return zip(object.keys, object.values).map { name, value in
            guard name.stringValue == "headers", value.kind == .object else {
                return RegoTermWriter.string(name) + RegoTermWriter.string(value)
            }
            return zip(value.keys, value.values)
                .filter { !names.contains(($0.0.stringValue ?? "").lowercased()) }
                .map { RegoTermWriter.string($0) + RegoTermWriter.string($1) }.joined(separator: ",")
        }.joined(separator: ",")
    }
}
