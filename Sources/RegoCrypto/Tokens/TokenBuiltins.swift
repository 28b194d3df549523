import Documents
import RegoRuntime
import Text

extension RegoCrypto {
    private static let nestingLimit = 10

    /// Reading and checking JSON Web Tokens (OPA policy reference, "Tokens").
    static let tokens: [Builtin] =
        [
            Builtin(
                "io.jwt.decode", help: "(token) Header, payload and signature of a JSON Web Token, without verifying it.",
                .string, returns: .array(static: [.anyObject, .anyObject, .string], dynamic: nil),
                work: .length(perKibibyte: 2048, base: 500)
            ) { call in
                guard let text = call.text(0) else { return .undefined }
                do throws(InputProblem) { return try decode(text, in: call.arena) } catch { return call.fail(error.message) }
            },
            Builtin(
                "io.jwt.decode_verify",
                help: "(token, constraints) Whether a JSON Web Token is signed and valid as asked, with header and payload.",
                .string, .object(.string, .any),
                returns: .array(static: [.boolean, .anyObject, .anyObject], dynamic: nil), nondeterministic: true,
                work: .length(perKibibyte: 2048, base: 500)
            ) { call in
                guard let object = call.objectOperand(1) else { return .undefined }
                do throws(InputProblem) {
                    let constraints = try TokenConstraints(object, now: call.context.now)
                    guard let text = call.text(0) else { return .undefined }
                    let verified = try verify(text, constraints, in: call.arena)
                    let empty = call.arena.object([ObjectEntry]())
                    let (header, payload) = verified ?? (empty, empty)
                    return call.arena.array([.bool(verified != nil), header, payload])
                } catch { return call.fail(error.message) }
            },
        ] + SignatureAlgorithm.byName.map { verifier($0, $1) }.sorted { $0.name < $1.name }

    private static func verifier(_ name: String, _ algorithm: SignatureAlgorithm) -> Builtin {
        let keyName = algorithm.scheme == .hmac ? "secret" : "certificate"
        let help = "(token, \(keyName)) Whether a token's \(name) signature is right."
        return Builtin(
            "io.jwt.verify_\(name.lowercased())", help: help, .string, .string, returns: .boolean,
            work: .length(perKibibyte: 2048, base: 500)
        ) { call in
            guard let text = call.text(0) else { return .undefined }
            do throws(InputProblem) {
                // OPA looks at the key of a signature, but not at a secret, after the token.
                if algorithm.scheme != .hmac { _ = try WebToken(text) }
                guard let key = call.text(1) else { return .undefined }
                let token = try WebToken(text)
                if algorithm.scheme == .hmac {
                    let signature = try WebToken.decode(token.signature, nil)
                    return .bool(WebToken.isCode(signature, of: token.message, Array(key.utf8), algorithm))
                }
                let keys = try WebKey.all(key)
                let signature = try WebToken.decode(token.signature, nil)
                let header = try WebToken.Header(token, in: call.arena)
                let candidates = candidates(keys, header)
                return .bool(candidates.contains { token.isSigned(with: $0, signature, algorithm) })
            } catch { return call.fail(error.message) }
        }
    }

    /// The keys that may have signed: the one the header names, else those for its algorithm or for any.
    private static func candidates(_ keys: [WebKey], _ header: WebToken.Header) -> [WebKey] {
        if !header.keyID.isEmpty, let key = keys.first(where: { $0.id == header.keyID }) { return [key] }
        return keys.filter { $0.algorithm.isEmpty || $0.algorithm == header.algorithm }
    }

    private static func decode(_ text: String, in arena: Arena) throws(InputProblem) -> Value {
        var text = text
        for _ in 0..<nestingLimit {
            let token = try WebToken(text)
            let header = try WebToken.Header(token, in: arena, isStrict: false)
            let payload = try WebToken.decode(token.payload, "payload")
            if header.isNested {
                text = WebToken.nested(payload)
                continue
            }
            let object = try WebToken.object(payload, in: arena)
            let signature = try WebToken.decode(token.signature, "signature")
            return arena.array([header.value, object, arena.string(Hex.encode(signature))])
        }
        throw InputProblem(message: "JWT is nested too deeply")
    }

    /// Header and payload of a token that meets the constraints; nil if it does not.
    private static func verify(
        _ text: String, _ constraints: TokenConstraints, in arena: Arena
    ) throws(InputProblem) -> (Value, Value)? {
        var text = text
        for _ in 0..<nestingLimit {
            let token = try WebToken(text)
            let header = try WebToken.Header(token, in: arena)
            guard !header.algorithm.isEmpty, constraints.algorithm.map({ $0 == header.algorithm }) ?? true else { return nil }
            let signature = try WebToken.decode(token.signature, nil)
            guard let algorithm = SignatureAlgorithm.byName[header.algorithm] else {
                return nil
            }
            switch constraints.key {
            case .keys(let keys):
                guard
                    candidates(keys, header).contains(where: { token.isSigned(with: $0, signature, algorithm) })
                else { return nil }
            case .secret(let secret):
                guard algorithm.scheme == .hmac, WebToken.isCode(signature, of: token.message, secret, algorithm) else {
                    return nil
                }
            }
            let payload = try WebToken.decode(token.payload, "payload")
            if header.isNested {
                text = WebToken.nested(payload)
                continue
            }
            let object = try WebToken.object(payload, in: arena)
            // RFC 7515, section 4.1.11: what must be understood is not.
            return try constraints.accept(object) && header.isValid ? (header.value, object) : nil
        }
        throw InputProblem(message: "JWT is nested too deeply")
    }
}

/// What `io.jwt.decode_verify` demands of a token.
struct TokenConstraints {
    enum Key {
        case keys([WebKey])
        case secret([UInt8])
    }

    private(set) var key: Key
    private(set) var algorithm: String?
    private var issuer: String?
    private var audience: String?
    /// Nanoseconds since 1970.
    private var time: Double

    init(_ object: Value, now: Int64) throws(InputProblem) {
        var keys: [WebKey]?, secret: String?
        time = Double(now)
        for (name, value) in zip(object.keys, object.values) {
            guard let name = name.stringValue else { continue }
            if name == "time" {
                guard let number = value.doubleValue else {
                    throw InputProblem(message: "token time constraint: must be a number")
                }
                time = number
                continue
            }
            guard ["cert", "secret", "alg", "iss", "aud"].contains(name) else {
                throw InputProblem(message: "unknown token validation constraint: \(name)")
            }
            guard let text = value.stringValue else {
                throw InputProblem(message: "\(name) constraint: must be a string")
            }
            switch name {
            case "cert": keys = try WebKey.all(text)
            case "secret": secret = text
            case "alg": algorithm = text
            case "iss": issuer = text
            default: audience = text
            }
        }
        switch (keys, secret.flatMap { $0.isEmpty ? nil : $0 }) {
        case (let keys?, nil): key = .keys(keys)
        case (nil, let secret?): key = .secret(Array(secret.utf8))
        case (nil, nil): throw InputProblem(message: "no key constraint")
        default: throw InputProblem(message: "duplicate key constraints")
        }
    }

    /// Whether the registered claims (RFC 7519, section 4.1) are as demanded.
    func accept(_ payload: Value) throws(InputProblem) -> Bool {
        if let issuer, !issuer.isEmpty, payload.field("iss").stringValue != issuer { return false }
        let wanted = audience ?? ""
        let given = payload.field("aud")
        if given.isDefined {
            let accepted: [Value] = given.kind == .array ? Array(given.elements) : [given]
            guard accepted.contains(where: { $0.stringValue == wanted }) else { return false }
        } else if !wanted.isEmpty {
            return false
        }
        let seconds = time / 1_000_000_000
        if let expiry = try number(payload, "exp"), seconds >= expiry { return false }
        if let start = try number(payload, "nbf"), seconds < start { return false }
        return true
    }

    private func number(_ payload: Value, _ name: StaticString) throws(InputProblem) -> Double? {
        let claim = payload.field(name)
        if claim.isUndefined { return nil }
        guard let number = claim.doubleValue else { throw InputProblem(message: "\(name) value must be a number") }
        return number
    }
}
