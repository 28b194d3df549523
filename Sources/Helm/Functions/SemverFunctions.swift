import GoLibrary
import GoTemplate

/// Functions on semantic versions.
enum SemverFunctions {
    static let all: [TemplateFunction] = [
        function("semver", [.string]) { call in
            guard let version = Semver(call.text(0)) else { throw FunctionFailure("invalid semantic version") }
            return GoValue(.object(SemverObject(version)))
        },
        function("semverCompare", [.string, .string]) { call in
            let constraint: SemverConstraint
            do throws(SemverConstraint.Improper) {
                constraint = try SemverConstraint(call.text(0))
            } catch {
                throw FunctionFailure("improper constraint: \(GoText.quoted(error.piece))")
            }
            guard let version = Semver(call.text(1)) else { throw FunctionFailure("invalid semantic version") }
            return .bool(constraint.matches(version))
        },
    ]
}

/// A version with the methods that Go's has.
final class SemverObject: GoObject {
    let version: Semver

    init(_ version: Semver) { self.version = version }

    let typeName = "*semver.Version"
    let kindName = "ptr"
    var text: String { version.text }

    func field(_ name: String) -> GoValue? {
        switch name {
        case "Major": GoValue(.integer(Int64(clamping: version.major), .uint64))
        case "Minor": GoValue(.integer(Int64(clamping: version.minor), .uint64))
        case "Patch": GoValue(.integer(Int64(clamping: version.patch), .uint64))
        case "Prerelease": .string(version.prerelease)
        case "Metadata": .string(version.metadata)
        case "Original": .string(version.original)
        case "String": .string(version.text)
        case "IncMajor": next(version.major &+ 1, 0, 0)
        case "IncMinor": next(version.major, version.minor &+ 1, 0)
        case "IncPatch":
            next(version.major, version.minor, version.prerelease.isEmpty ? version.patch &+ 1 : version.patch)
        default: nil
        }
    }

    private func next(_ major: UInt64, _ minor: UInt64, _ patch: UInt64) -> GoValue {
        Semver("\(version.original.hasPrefix("v") ? "v" : "")\(major).\(minor).\(patch)").map {
            GoValue(.object(SemverObject($0)))
        } ?? .missing
    }

    func hasMethod(_ name: String) -> Bool {
        ["Compare", "Equal", "LessThan", "GreaterThan", "LessThanEqual", "GreaterThanEqual"].contains(name)
    }

    func call(_ name: String, _ arguments: [GoValue]) throws -> GoValue {
        guard arguments.count == 1 else {
            throw FunctionFailure("wrong number of args for \(name): want 1 got \(arguments.count)")
        }
        guard case .object(let object) = arguments[0].content, let other = object as? SemverObject else {
            throw FunctionFailure(
                "wrong type for value; expected *semver.Version; got \(arguments[0].typeName(dynamic: true))")
        }
        let order = version.compare(other.version)
        switch name {
        case "Compare": return .int(order)
        case "Equal": return .bool(order == 0)
        case "LessThan": return .bool(order < 0)
        case "GreaterThan": return .bool(order > 0)
        case "LessThanEqual": return .bool(order <= 0)
        default: return .bool(order >= 0)
        }
    }
}
