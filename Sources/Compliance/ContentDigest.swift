import Crypto
import Text

/// The SHA-256 digest that names what a report was made from.
struct ContentDigest {
    private var hash = SHA256()

    /// Adds a part, so that the boundaries between parts count: `ab`, `c` and `a`, `bc` differ.
    mutating func add(_ part: some Collection<UInt8>) {
        hash.update(data: Array("\(part.count):".utf8))
        hash.update(data: Array(part))
    }

    /// `sha256:` and 64 hexadecimal digits.
    var text: String { "sha256:" + Hex.text(hash.finalize()) }

    /// The digest of bytes by themselves.
    static func text(of bytes: some Collection<UInt8>) -> String { "sha256:" + Hex.text(SHA256.hash(data: Array(bytes))) }
}
