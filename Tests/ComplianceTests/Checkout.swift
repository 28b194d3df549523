import Catalogue
import Diagnostics
import Testing

/// The package as it is checked out.
enum Checkout {
    static let root = String(#filePath.split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/" + $1 })

    /// The library as it stands in `policies/`, frameworks included.
    static func library() throws -> PolicyLibrary {
        let (bytes, problems) = PolicyPacker.pack(root + "/policies")
        let bundle = try #require(bytes, "\(problems)")
        return PolicyLibrary(try PackedPolicies(bytes: bundle))
    }
}
