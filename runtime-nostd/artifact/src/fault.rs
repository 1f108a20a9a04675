//! What can be wrong with manifest and content: codes on a device, texts wherever they are printed.

use core::fmt;

/// Defines an enum whose values stand for texts.
macro_rules! texts {
    ($(#[$attribute:meta])* $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum $name {
            $(#[doc = $text] $variant,)*
        }

        impl $name {
            /// The same in words. Only a build that prints it contains them.
            pub const fn text(self) -> &'static str {
                match self {
                    $($name::$variant => $text,)*
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.text())
            }
        }
    };
}

texts! {
    /// A part of an artifact, as far as it may be cut off.
    Part {
        Header = "header",
        Signature = "signature",
        Manifest = "manifest",
        Padding = "padding behind the manifest",
        Content = "content",
        Head = "content's head",
        Text = "text",
        Types = "types",
        Entries = "entries",
        Imports = "imports",
        Exports = "exports",
        Memories = "memories",
        Tables = "tables",
        Referables = "referables",
        TypeIds = "type ids",
        TypeBytes = "type bytes",
        InitImage = "init image",
        Strings = "strings",
        Sections = "optional sections",
    }
}

texts! {
    /// A field of the header with a value that this version does not define.
    Field {
        Flags = "flags",
        Reserved = "reserved",
        ContentLength = "content length",
        Padding = "padding behind the manifest",
    }
}

texts! {
    /// What is wrong with a manifest or a content.
    Fault {
        ManifestDecode = "it does not decode",
        ManifestEnd = "bytes behind its end",
        ManifestCanonical = "it is not canonical",
        ManifestName = "the name is not 1 to 32 of a-z 0-9 - _ .",
        ManifestVersion = "the version is not 1 to 32 of a-z 0-9 - _ .",
        ManifestClass = "the device class is not up to 32 of a-z 0-9 - _ .",
        ManifestChunkSize = "the chunk size is not 1024, 2048 or 4096",
        ManifestDigests = "the number of chunk digests does not match the content's length",
        ManifestNeeds = "its needs are not those of the content",
        ManifestImports = "its imports are not those of the content",
        ManifestImportsDecode = "its imports do not decode",
        Size = "more than 4 GiB",
        End = "bytes behind its end",
        Padding = "padding that is not zero",
        Utf8 = "names that are not UTF-8",
        Word = "a word that means nothing and is not zero",
        ValType = "a value of unknown type",
        Flag = "an unknown flag",
        CodeStart = "a start of code outside of the text",
        InstanceBytes = "an instance smaller than its header, or not a multiple of 16",
        InitImage = "an init image larger than the instance",
        Places = "referables or type ids outside of the instance",
        StartUndeclared = "a start function that is not declared",
        StartPlace = "a start function outside of the code",
        Results = "more results than the result area holds",
        Entry = "an entry outside of the code",
        ImportOrder = "a function behind other imports",
        ExportOrder = "exports that are not sorted, or of the same name",
        TypeIndex = "a type index out of range",
        Function = "a function outside of the code",
        Place = "a place outside of the instance",
        MemoryCapacity = "a memory whose capacity is not between minimum and maximum",
        MemoryFixed = "a memory of fixed size with room to grow",
        MemoryFirst = "a first memory that is not the header's",
        TableCapacity = "a table whose capacity is not between minimum and maximum",
        ExportedTable = "an exported table that does not exist",
        ExportedMemory = "an exported memory that does not exist",
        ExportedImport = "an exported import that does not exist",
        ConstantReference = "a constant reference that is not null",
        ConstantWidth = "a constant wider than its type",
        Limits = "a minimum that exceeds its maximum",
        MemoryPages = "a memory of pages of unknown size",
        MemorySize = "a memory of more than 4 GiB",
        Name = "a name outside of the strings",
        TypeBytes = "a function type outside of the type bytes",
        TableElement = "a table of no references",
        ImportGlobal = "an imported global of unknown type",
        ImportKind = "an import of unknown kind",
        ExportGlobal = "an exported global of unknown type",
        ExportKind = "an export of unknown kind",
        MemoryProperties = "a memory with unknown properties",
    }
}
