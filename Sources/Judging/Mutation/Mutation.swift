package import Documents
import Inputs

/// What policies make of an object.
package struct Mutation: Sendable {
    /// One operation of JSON Patch (RFC 6902), which applies to what the ones before it made.
    package struct Operation: Sendable {
        package enum Kind: String, Sendable { case add, remove, replace, move, copy, test }

        package var kind: Kind
        package var path: [String]
        /// The path that `move` and `copy` take from.
        package var from: [String] = []
        /// What is put there; undefined for `remove`, `move` and `copy`.
        package var value = Value.undefined
    }

    /// A policy that could not change the object.
    package struct Failure: Sendable {
        /// Its number among the policies of the set.
        package var number: Int
        package var code: String
        package var message: String
    }

    /// The object as it is afterwards.
    package internal(set) var document: Document
    package internal(set) var operations: [Operation] = []
    /// Numbers of the policies that changed something, in the order of their work.
    package internal(set) var changers: [Int] = []
    package internal(set) var failures: [Failure] = []
    /// How many policies looked at the object.
    package internal(set) var evaluated = 0
    /// Whether a budget or the deadline ended an evaluation.
    package internal(set) var isStopped = false

    package var isEmpty: Bool { operations.isEmpty }

    /// The operations as the text of a JSON Patch.
    package var patch: [UInt8] {
        var text: [UInt8] = [UInt8(ascii: "[")]
        let style = JSONWriter.Style(escapesHTML: false)
        func append(_ string: String) {
            var string = string
            string.withUTF8 { JSONWriter.appendString($0, to: &text, escapesHTML: false) }
        }
        for (index, operation) in operations.enumerated() {
            text += Array("\(index > 0 ? "," : ""){\"op\":\"\(operation.kind.rawValue)\",\"path\":".utf8)
            append(DocumentPointer.text(operation.path))
            if operation.kind == .move || operation.kind == .copy {
                text += Array(",\"from\":".utf8)
                append(DocumentPointer.text(operation.from))
            }
            if operation.value.isDefined {
                text += Array(",\"value\":".utf8)
                JSONWriter.append(operation.value, to: &text, style: style)
            }
            text.append(UInt8(ascii: "}"))
        }
        text.append(UInt8(ascii: "]"))
        return text
    }
}

/// JSON Pointers (RFC 6901) and their steps.
enum DocumentPointer {
    static func text(_ steps: [String]) -> String {
        steps.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
    }

    /// Nil for text that is no pointer.
    static func steps(_ text: String) -> [String]? {
        if text.isEmpty { return [] }
        guard text.hasPrefix("/") else { return nil }
        return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
            String($0).replacing("~1", with: "/").replacing("~0", with: "~")
        }
    }
}
