import Documents
import GoLibrary
import RegoRuntime
import Text

/// What credentials look like and what they are called, as `policies/lib/secrets.rego` has it; a test compares both.
package enum CredentialShapes {
    /// One of these stands in each token that `token` recognises.
    package static let tokenMark =
        #"AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|xapp-|[sr]k_live_|npm_|dop_v1_|hvs\.|SG\.|AIza|sk-|pypi-|glsa_|dckr_pat_|hf_|shpat_|ya29\.|eyJ|AGE-SECRET-KEY-1|hooks\.slack\.com/services/|/api/webhooks/|AccountKey=|SharedAccessKey="#
    /// Tokens that are recognisable by themselves.
    package static let tokenShape =
        #"\b(?:A[KS]IA[0-9A-Z]{16}\b|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abeprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{20,}|[sr]k_live_[A-Za-z0-9]{10,}|npm_[A-Za-z0-9]{20,}|dop_v1_[a-f0-9]{20,}|hvs\.[A-Za-z0-9_-]{20,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|AIza[A-Za-z0-9_-]{30,}|sk-(?:ant|proj|svcacct)-[A-Za-z0-9_-]{16,}|sk-[A-Za-z0-9]{40,}|pypi-[A-Za-z0-9_-]{20,}|glsa_[A-Za-z0-9_]{20,}|dckr_pat_[A-Za-z0-9_-]{16,}|hf_[A-Za-z0-9]{24,}|shpat_[a-f0-9]{20,}|ya29\.[A-Za-z0-9_-]{20,}|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*|AGE-SECRET-KEY-1[A-Z0-9]{40,}|hooks\.slack\.com/services/T[A-Za-z0-9]+/B[A-Za-z0-9]+/[A-Za-z0-9]{12,}|discord(?:app)?\.com/api/webhooks/[0-9]{10,}/[A-Za-z0-9_-]{20,}|(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{20,}=*)"#
    /// The password of an address.
    package static let addressShape = #"[a-zA-Z][a-zA-Z0-9+.-]*://[^/\s:@"'<>]*:([^/\s:@"'<>]+)@"#
    /// Names of members and variables that hold passwords.
    static let passwordName =
        #"(?i)(passw(or)?d|passphrase|passwd|passcode|pwd|credentials?|requirepass|masterauth|(^|[_.-])(pass|psw|pw)|(user|db|root|admin|auth|smtp)pass)$"#
    /// Names of members and variables that hold keys and tokens, or the names of objects that do.
    static let keyName =
        #"(?i)(secret|token|api[_.-]?key|(access|account|private|signing|encryption|master)[_.-]?key)$"#

    private static let marks = LiteralMarks(alternatives: tokenMark)
    private static let token = try? GoRegex(tokenShape)
    private static let address = try? GoRegex(addressShape)
    private static let password = try? GoRegex(passwordName)
    private static let key = try? GoRegex(keyName)

    /// Whether a member or variable of this name holds a credential when it has this value.
    static func isCredential(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard name.count > 1, name.count <= 256, mayName(name) else { return false }
        let name = Array(name)
        if password?.matches(name) ?? false { return true }
        guard key?.matches(name) ?? false else { return false }
        // `secret: db-credentials` names an object.
        return !value.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 <= 9 || $0 == 0x2D || $0 == 0x2E || $0 == 0x2F }
    }

    /// Whether a name ends as one of those patterns does, so that most others are passed by quickly.
    private static func mayName(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let (before, last) = (name[name.count - 2] | 0x20, name[name.count - 1] | 0x20)
        if last == UInt8(ascii: "w") { return before == UInt8(ascii: "p") || before == UInt8(ascii: "s") }
        let third = name.count > 2 ? name[name.count - 3] | 0x20 : 0
        // The last three letters of what the patterns end in.
        switch UInt32(third) << 16 | UInt32(before) << 8 | UInt32(last) {
        case 0x6F_7264: return true  // ord
        case 0x73_7764: return true  // swd
        case 0x70_7764: return true  // pwd
        case 0x61_7365: return true  // ase
        case 0x6F_6465: return true  // ode
        case 0x69_616C: return true  // ial
        case 0x61_6C73: return true  // als
        case 0x61_7373: return true  // ass
        case 0x75_7468: return true  // uth
        case 0x72_6574: return true  // ret
        case 0x6B_656E: return true  // ken
        case 0x6B_6579: return true  // key
        default: return false
        }
    }

    /// The parts of a text that only credentials look like.
    static func parts(of text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        guard text.count > 15, text.count <= 1 << 20 else { return [] }
        let isMarked = marks.stand(in: text), hasAddress = hasScheme(text)
        if !isMarked, !hasAddress { return [] }
        var found: [Range<Int>] = []
        let bytes = Array(text)
        if isMarked {
            for match in token?.findAll(in: bytes, limit: 100) ?? [] { found.append(match[0]..<match[1]) }
        }
        if hasAddress {
            for match in address?.findAll(in: bytes, limit: 100) ?? [] where match[2] >= 0 { found.append(match[2]..<match[3]) }
        }
        return found
    }

    private static let scheme: StaticString = "://"

    private static func hasScheme(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let scheme = UnsafeBufferPointer(start: scheme.utf8Start, count: scheme.utf8CodeUnitCount)
        guard let found = ByteSearch.first(scheme, in: text) else { return false }
        return text[found.upperBound...].contains(UInt8(ascii: "@"))
    }
}
