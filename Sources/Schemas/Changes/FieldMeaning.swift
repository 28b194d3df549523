package import Documents
import Synchronization

/// What values mean to the API server: what it fills in, and which texts are the same amount.
package enum FieldMeaning {
    /// Defaults that the published documents name, by their JSON; they live as long as the program.
    private static let documents = Mutex<[String: Document]>([:])

    /// The value that the server fills in where a manifest has no such field; undefined where it leaves it so.
    ///
    /// - Parameter typeName: the name of the type that has the field, as `io.k8s.api.core.v1.Container`.
    package static func defaultValue(of field: Shape.Field, in typeName: String) -> Value {
        let known = APIDefaults.value(of: field, in: typeName)
        if known.isDefined { return known }
        guard let text = field.defaultValue else { return .undefined }
        return documents.withLock { documents in
            if let document = documents[text] { return document.root }
            guard let document = try? JSONReader.read(SourceText.file(text), keepsPositions: false) else { return .undefined }
            documents[text] = document
            return document.root
        }
    }

    /// Whether two values are the same amount, such as `1000m` and `1`.
    package static func isSameAmount(_ left: Value, _ right: Value) -> Bool {
        guard let left = amount(left), let right = amount(right) else { return false }
        return left.nanos == right.nanos
    }

    private static func amount(_ value: Value) -> Quantity? {
        if let number = value.intValue { return Quantity(number) }
        return value.kind == .string || value.kind == .decimal ? Quantity(value.utf8) : nil
    }
}
