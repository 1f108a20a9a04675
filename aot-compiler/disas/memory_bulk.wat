(module
  (memory 1)
  (data $kept "kept") (data $dropped "dropped")
  (func (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32) (memory.init $kept (local.get 0) (i32.const 0) (i32.const 4)))
  (func (param i32) (memory.init $dropped (local.get 0) (i32.const 1) (i32.const 3)))
  (func (data.drop $kept) (data.drop $dropped)))
