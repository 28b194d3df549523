package import Documents
import Inputs
package import JSONPatch

/// What policies make of an object.
package struct Mutation: Sendable {
    /// A policy that could not change the object.
    package struct Failure: Sendable {
        /// The id of the policy, or `Kind/name` of a mutator of Gatekeeper.
        package var id: String
        package var code: String
        package var message: String
    }

    /// The object as it is afterwards.
    package internal(set) var document: Document
    package internal(set) var operations: [PatchOperation] = []
    /// Ids of the policies and mutators that changed something, in the order of their work.
    package internal(set) var changers: [String] = []
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
