/// Base64 with the standard alphabet, as Go reads and writes it.
package enum Base64 {
    package static func text(_ bytes: [UInt8]) -> String { EncodingFunctions.base64(bytes) }

    /// nil for what is not base64.
    package static func bytes(_ text: [UInt8]) -> [UInt8]? { try? EncodingFunctions.decoded64(text) }
}
