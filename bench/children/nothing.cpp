/// Ends at once: what is left is the cost of a process.
int main() { return 0; }
