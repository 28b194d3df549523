package import Documents

extension ObjectCheck {
    /// What the server would refuse of an update from one object to another.
    package func changes(from old: Document, to new: Document) -> [Fault] { [] }
}
