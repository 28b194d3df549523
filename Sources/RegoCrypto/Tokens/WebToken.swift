import Crypto
import Documents
import GoLibrary
import RegoRuntime
import Text

/// A JSON Web Token in its compact form (RFC 7519, RFC 7515 section 7.1).
struct WebToken {
    /// The parts as written.
    let header: Substring
    let payload: Substring
    let signature: Substring

    init(_ text: String) throws(InputProblem) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 1 { throw InputProblem(message: "encoded JWT had no period separators") }
        if parts.count != 3 {
            throw InputProblem(message: "encoded JWT must have 3 sections, found \(parts.count)")
        }
        (header, payload, signature) = (parts[0], parts[1], parts[2])
    }

    /// What is signed.
    var message: [UInt8] { Array(header.utf8) + [UInt8(ascii: ".")] + Array(payload.utf8) }

    /// The bytes of a part; `name` is said before what is wrong with it.
    static func decode(_ part: Substring, _ name: String?) throws(InputProblem) -> [UInt8] {
        let start = name.map { "JWT \($0) had invalid encoding: " } ?? ""
        if part.utf8.count % 4 == 1, !part.hasSuffix("=") {
            throw InputProblem(message: "\(start)illegal base64url string: \(part)")
        }
        do {
            return try Base64.decodeURL(part.utf8)
        } catch { throw InputProblem(message: start + error.message) }
    }

    /// The token inside a payload, which may be written as a JSON string.
    static func nested(_ payload: [UInt8]) -> String {
        let holder = Document { arena in
            payload.withUnsafeBufferPointer { (try? JSONReader.value($0, in: arena)) ?? .null }
        }
        return holder.withRoot { $0.stringValue } ?? String(decoding: payload, as: UTF8.self)
    }

    /// The object that a part says in JSON.
    static func object(_ bytes: [UInt8], in arena: Arena) throws(InputProblem) -> Value {
        let value = bytes.withUnsafeBufferPointer { try? JSONReader.value($0, in: arena) }
        guard let value else {
            let problem = bytes.withUnsafeBufferPointer { GoJSONProblem.message(for: $0) }
            throw InputProblem(message: "invalid JSON: \(problem ?? "the text cannot be read")")
        }
        guard value.kind == .object else { throw InputProblem(message: "decoded JSON type was not an Object") }
        return value
    }

    /// The members of the header that decide how a token is read.
    struct Header {
        var algorithm = "", keyID = "", contentType = ""
        /// Whether the token is of no use to whoever does not know a member that it has (RFC 7515, section 4.1.11).
        var hasCritical = false
        let value: Value

        /// - Parameter isStrict: whether members of a wrong type are refused; who only decodes a token takes them as they are.
        init(_ token: WebToken, in arena: Arena, isStrict: Bool = true) throws(InputProblem) {
            let bytes = try WebToken.decode(token.header, "header")
            do throws(InputProblem) { value = try WebToken.object(bytes, in: arena) } catch {
                throw InputProblem(message: "bad JWT header: \(error.message)")
            }
            if value.field("enc").isDefined {
                throw InputProblem(message: "JWT is a JWE object, which is not supported")
            }
            guard isStrict else {
                contentType = value.field("cty").stringValue ?? ""
                return
            }
            algorithm = try Self.text(value, "alg")
            keyID = try Self.text(value, "kid")
            contentType = try Self.text(value, "cty")
            _ = try Self.text(value, "typ")
            let critical = value.field("crit")
            if critical.isUndefined { return }
            if critical.kind != .array { throw InputProblem(message: "crit: must be a list") }
            let names = critical.elements.filter { $0.kind == .string }
            if names.isEmpty { throw InputProblem(message: "crit: must be a nonempty list") }
            hasCritical = value.keys.contains { names.contains($0) && !Self.known.contains($0.string) }
        }

        /// The members that decide how a token is read.
        private static let known: Set<String> = ["alg", "kid", "typ", "cty", "crit"]

        private static func text(_ value: Value, _ name: StaticString) throws(InputProblem) -> String {
            let member = value.field(name)
            if member.isUndefined { return "" }
            guard let text = member.stringValue else { throw InputProblem(message: "\(name): must be a string") }
            return text
        }

        /// Whether the payload is a token itself.
        var isNested: Bool { contentType.uppercased() == "JWT" }
        /// Whether the token may be used at all (RFC 7515, sections 4.1.1 and 4.1.11).
        var isValid: Bool { !algorithm.isEmpty && !hasCritical }
    }

    /// Whether the signature is the key's.
    func isSigned(with key: WebKey, _ signature: [UInt8], _ algorithm: SignatureAlgorithm) -> Bool {
        if algorithm.scheme == .hmac {
            guard case .secret(let secret) = key.material else { return false }
            return Self.isCode(signature, of: message, secret, algorithm)
        }
        // A signature of RSA or an elliptic curve takes some 100 µs.
        guard WorkMeter.charge(5000 &+ message.count >> 2) else { return false }
        return key.publicKey?.verifies(signature, of: message, algorithm) ?? false
    }

    static func isCode(
        _ code: [UInt8], of message: [UInt8], _ secret: [UInt8], _ algorithm: SignatureAlgorithm
    ) -> Bool {
        let key = SymmetricKey(data: secret)
        switch algorithm.digest {
        case .sha256: return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message, using: key)
        case .sha384: return HMAC<SHA384>.isValidAuthenticationCode(code, authenticating: message, using: key)
        case .sha512: return HMAC<SHA512>.isValidAuthenticationCode(code, authenticating: message, using: key)
        case .sha1: return false
        }
    }

    static func code(of message: [UInt8], _ secret: [UInt8], _ algorithm: SignatureAlgorithm) -> [UInt8] {
        let key = SymmetricKey(data: secret)
        switch algorithm.digest {
        case .sha256: return HMAC<SHA256>.authenticationCode(for: message, using: key).map { $0 }
        case .sha384: return HMAC<SHA384>.authenticationCode(for: message, using: key).map { $0 }
        default: return HMAC<SHA512>.authenticationCode(for: message, using: key).map { $0 }
        }
    }
}
