#pragma once

#include <windows.h>

namespace backchat::platform {

/// The functions of the system that can fail, as a table: a test puts its own in their places, and so sees what is asked
/// of the system and what becomes of each of its refusals, those that no machine at hand would give included.
///
/// Threads: read by all; changed by a test before there are others.
struct Kernel32 {
    decltype(&::AssignProcessToJobObject) AssignProcessToJobObject = &::AssignProcessToJobObject;
    decltype(&::CancelIoEx) CancelIoEx = &::CancelIoEx;
    decltype(&::CreateEventW) CreateEventW = &::CreateEventW;
    decltype(&::CreateFileW) CreateFileW = &::CreateFileW;
    decltype(&::CreateIoCompletionPort) CreateIoCompletionPort = &::CreateIoCompletionPort;
    decltype(&::CreateJobObjectW) CreateJobObjectW = &::CreateJobObjectW;
    decltype(&::CreateNamedPipeW) CreateNamedPipeW = &::CreateNamedPipeW;
    decltype(&::CreateProcessW) CreateProcessW = &::CreateProcessW;
    decltype(&::DuplicateHandle) DuplicateHandle = &::DuplicateHandle;
    decltype(&::GenerateConsoleCtrlEvent) GenerateConsoleCtrlEvent = &::GenerateConsoleCtrlEvent;
    decltype(&::GetConsoleCP) GetConsoleCP = &::GetConsoleCP;
    decltype(&::GetExitCodeProcess) GetExitCodeProcess = &::GetExitCodeProcess;
    decltype(&::GetOverlappedResult) GetOverlappedResult = &::GetOverlappedResult;
    decltype(&::GetProcessTimes) GetProcessTimes = &::GetProcessTimes;
    decltype(&::GetQueuedCompletionStatusEx) GetQueuedCompletionStatusEx = &::GetQueuedCompletionStatusEx;
    decltype(&::InitializeProcThreadAttributeList) InitializeProcThreadAttributeList =
        &::InitializeProcThreadAttributeList;
    decltype(&::OpenProcess) OpenProcess = &::OpenProcess;
    decltype(&::PostQueuedCompletionStatus) PostQueuedCompletionStatus = &::PostQueuedCompletionStatus;
    decltype(&::QueryInformationJobObject) QueryInformationJobObject = &::QueryInformationJobObject;
    decltype(&::ReadFile) ReadFile = &::ReadFile;
    decltype(&::RegisterWaitForSingleObject) RegisterWaitForSingleObject = &::RegisterWaitForSingleObject;
    decltype(&::ResumeThread) ResumeThread = &::ResumeThread;
    decltype(&::SetHandleInformation) SetHandleInformation = &::SetHandleInformation;
    decltype(&::SetInformationJobObject) SetInformationJobObject = &::SetInformationJobObject;
    decltype(&::SetProcessAffinityMask) SetProcessAffinityMask = &::SetProcessAffinityMask;
    decltype(&::TerminateJobObject) TerminateJobObject = &::TerminateJobObject;
    decltype(&::TerminateProcess) TerminateProcess = &::TerminateProcess;
    decltype(&::UpdateProcThreadAttribute) UpdateProcThreadAttribute = &::UpdateProcThreadAttribute;
    decltype(&::WaitForSingleObject) WaitForSingleObject = &::WaitForSingleObject;
    decltype(&::WriteFile) WriteFile = &::WriteFile;
};

/// Gives the table in use: the system's own functions, unless a test has changed it.
Kernel32 &kernel32();

} // namespace backchat::platform
